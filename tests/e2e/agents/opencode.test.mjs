// opencode, by each of the three APIs that it knows of the proxy's.
import { join } from 'node:path';

import { native } from './harness.mjs';
import { testAgent } from './scenarios.mjs';

const settings = ({ api, url, key, model, hurry }) => ({
    autoupdate: false,
    share: 'disabled',
    permission: 'allow',
    model: `proxy/${model}`,
    small_model: `proxy/${model}`,
    enabled_providers: ['proxy'],
    provider: {
        proxy: {
            npm: api,
            name: 'Gemini Desk',
            options: { baseURL: `${url}/v1`, apiKey: key },
            models: { [model]: { attachment: true, modalities: { input: ['text', 'image'], output: ['text'] } } },
        },
    },
    plugin: hurry ? [join(import.meta.dirname, 'hurry.mjs')] : [],
});

for (const api of ['@ai-sdk/anthropic', '@ai-sdk/openai', '@ai-sdk/openai-compatible'])
    testAgent(`opencode, ${api}`, {
        async command({ home, prompt, again, ...more }) {
            await home.write('.config/opencode/opencode.json', settings({ api, ...more }));
            // It looks for a package of its own first, and where there are plugins waits until it gave that up.
            await home.write('.npmrc', 'fetch-retries=0\n');
            return {
                program: native('opencode', 'bin/opencode'),
                // With a title of ours it asks the model for none.
                args: ['run', ...(again ? ['--continue'] : ['--title', 'A test'])],
                env: {
                    OPENCODE_DISABLE_AUTOUPDATE: '1',
                    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
                    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
                    OPENCODE_DISABLE_MODELS_FETCH: '1',
                },
                input: prompt, // on the command line it would be quoted
            };
        },
        read: (path) => `call read ${JSON.stringify({ filePath: path })}`,
        tries: 6,
    });
