// Qwen Code, by OpenAI's chat completions.
import { join } from 'node:path';

import { installed } from './harness.mjs';
import { testAgent } from './scenarios.mjs';

const settings = {
    general: { enableAutoUpdate: false },
    memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false }, // which ask in the background
    // Else it tries ten more times, a minute and more apart. The seven tries below these have no setting.
    model: { generationConfig: { maxRetries: 0 } },
    privacy: { usageStatisticsEnabled: false },
    security: { auth: { selectedType: 'openai' } },
    telemetry: { enabled: false },
    tools: { useRipgrep: false }, // npm leaves the one that it brings without its right to run
};

testAgent('Qwen Code', {
    async command({ home, url, key, model, prompt, again, hurry }) {
        await home.write('.qwen/settings.json', settings);
        return {
            program: installed('.bin/qwen'),
            args: ['--yolo', ...(again ? ['--continue'] : [])],
            env: {
                OPENAI_BASE_URL: `${url}/v1`,
                OPENAI_API_KEY: key,
                OPENAI_MODEL: model,
                QWEN_CODE_SUPPRESS_YOLO_WARNING: '1',
                ...(hurry && { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'hurry.mjs')}` }),
            },
            input: prompt,
        };
    },
    read: (path) => `call read_file ${JSON.stringify({ file_path: path })}`,
    tries: 7,
});
