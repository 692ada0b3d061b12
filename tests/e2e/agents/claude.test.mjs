// Claude Code, by Anthropic's Messages API.
import { native } from './harness.mjs';
import { testAgent } from './scenarios.mjs';

testAgent('Claude Code', {
    command: ({ url, key, model, prompt, again }) => ({
        program: native('@anthropic-ai/claude-code', 'claude'),
        args: ['-p', '--dangerously-skip-permissions', ...(again ? ['--continue'] : [])],
        env: {
            ANTHROPIC_BASE_URL: url,
            ANTHROPIC_API_KEY: key,
            ANTHROPIC_MODEL: model,
            ANTHROPIC_SMALL_FAST_MODEL: model,
            CLAUDE_CODE_MAX_RETRIES: '0',
            CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
            DISABLE_AUTOUPDATER: '1',
            IS_SANDBOX: '1', // without it, root may not let it use tools unasked
        },
        input: prompt,
    }),
    read: (path) => `call Read ${JSON.stringify({ file_path: path })}`,
    tries: 1,
});
