// Codex, by OpenAI's Responses API.
import { installed } from './harness.mjs';
import { testAgent } from './scenarios.mjs';

const settings = ({ url, model }) => `
model = "${model}"
model_provider = "proxy"
check_for_update_on_startup = false
sandbox_mode = "danger-full-access"

[features]
apps = false
plugins = false

[analytics]
enabled = false

[model_providers.proxy]
name = "Gemini Desk"
base_url = "${url}/v1"
env_key = "PROXY_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`;

testAgent('Codex', {
    async command({ home, key, prompt, again, image, ...more }) {
        await home.write('.codex/config.toml', settings(more));
        const args = ['exec', '--skip-git-repo-check', ...(image ? ['--image', image] : [])];
        return {
            program: installed('.bin/codex'),
            args: [...args, ...(again ? ['resume', '--last'] : []), '-'],
            env: { PROXY_KEY: key },
            input: prompt,
        };
    },
    read: (path) => `call exec_command ${JSON.stringify({ cmd: `cat ${path}` })}`,
    attaches: true,
    tries: 1,
    // It leaves the body of a 429 unread, and has words of its own for the code that OpenAI has for an overload.
    words: { 429: /last status: 429 Too Many Requests/ },
});
