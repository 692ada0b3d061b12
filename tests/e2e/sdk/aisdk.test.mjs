// The AI SDK through the proxy, to the demo, by its providers for Anthropic and OpenAI.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

import { WORD, patience, startProxy } from './harness.mjs';
import { Upstream, answer, json } from './upstream.mjs';

let proxy;
const models = {
    'Anthropic: messages': () => createAnthropic({ apiKey: WORD, baseURL: `${proxy.url}/v1` })('claude-sonnet-5'),
    'OpenAI: responses': () => createOpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1` })('gpt-5.1'),
    'OpenAI: chat': () => createOpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1` }).chat('gemini-flash-latest'),
};

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
});

after(() => proxy.stop());

for (const [name, model] of Object.entries(models)) {
    const ask = (prompt, more) => ({ model: model(), prompt, maxRetries: 0, ...more });

    test(`${name}: text, whole and streamed`, patience, async () => {
        const { text, finishReason, usage } = await generateText(ask('Write a haiku'));
        assert.match(text, /The sea knows their names\./);
        assert.equal(finishReason, 'stop');
        const stream = streamText(ask('Write a haiku'));
        let pieces = 0;
        for await (const piece of stream.textStream) pieces += piece.length > 0;
        assert.ok(pieces > 10, `only ${pieces} pieces`);
        assert.equal(await stream.text, text);
        assert.equal((await stream.usage).outputTokens, usage.outputTokens);
        assert.ok(usage.inputTokens > 0);
    });

    test(`${name}: a loop of tools, whole and streamed`, patience, async () => {
        const prompt = 'call light {"level":1} call light {"level":0} then call light {"level":0.5}';
        const seen = [];
        const light = tool({
            description: 'Sets the light.',
            inputSchema: z.object({ level: z.number() }),
            execute: ({ level }) => (seen.push(level), `at ${level}`),
        });
        const options = { tools: { light }, stopWhen: stepCountIs(5) };
        const { text, steps } = await generateText(ask(prompt, options));
        assert.deepEqual(seen.splice(0), [1, 0, 0.5]);
        assert.equal(steps.length, 3);
        assert.match(text, /at 0\.5/);
        const stream = streamText(ask(prompt, options));
        await stream.consumeStream();
        assert.match(await stream.text, /at 0\.5/);
        assert.deepEqual(seen, [1, 0, 0.5]);
    });

    test(`${name}: an object`, patience, async () => {
        const schema = z.object({ city: z.string(), sunny: z.boolean() });
        const { output } = await generateText(ask('Where?', { output: Output.object({ schema }) }));
        assert.deepEqual(output, { city: 'demo', sunny: true });
    });

    test(`${name}: an error says what Gemini said`, patience, async () => {
        const other = Object.assign(model(), { modelId: 'demo-quota' });
        await assert.rejects(generateText({ model: other, prompt: 'Hi', maxRetries: 0 }), (thrown) => {
            assert.equal(thrown.statusCode, 429);
            assert.match(thrown.message, /exceeded your current quota/);
            return true;
        });
    });
}

// By default it repeats what OpenAI keeps by its ID alone.
for (const name of ['gemini-2.5-flash', 'gpt-5.1'])
    test(`what was said is repeated to Gemini, with the model ${name}`, patience, async () => {
        const upstream = await new Upstream().start();
        const one = await startProxy('--upstream', upstream.url);
        try {
            const openai = createOpenAI({ apiKey: WORD, baseURL: `${one.url}/v1` });
            const providerOptions = name === 'gpt-5.1' ? { openai: { reasoningSummary: 'auto' } } : {};
            const said = (...parts) => json(answer(parts, { finishReason: 'STOP' }));
            const thought = { text: 'They greet.', thought: true };
            upstream.next(said(thought, { text: 'Hello!' }), said({ text: 'You said hi.' }));
            const ask = (messages) => generateText({ model: openai(name), messages, providerOptions, maxRetries: 0 });
            const messages = [{ role: 'user', content: 'Hi' }];
            const { response } = await ask(messages);
            messages.push(...response.messages, { role: 'user', content: 'What did I say?' });
            assert.equal((await ask(messages)).text, 'You said hi.');
            const { contents } = JSON.parse(upstream.requests[1].body);
            assert.deepEqual(
                contents.map(({ role, parts }) => [role, parts.map(({ text }) => text).join()]),
                [['user', 'Hi'], ['model', 'Hello!'], ['user', 'What did I say?']],
            );
            upstream.check();
        } finally {
            await one.stop();
            await upstream.stop();
        }
    });

test('the most tokens that the AI SDK knows of a model are no more than Gemini takes', patience, async () => {
    const upstream = await new Upstream().start();
    const one = await startProxy('--upstream', upstream.url);
    try {
        const anthropic = createAnthropic({ apiKey: WORD, baseURL: `${one.url}/v1` });
        for (const [maxOutputTokens, sent] of [[undefined, undefined], [200_000, undefined], [1000, 1000]]) {
            upstream.next(json(answer([{ text: 'Hello!' }], { finishReason: 'STOP' })));
            await generateText({ model: anthropic('claude-sonnet-5'), prompt: 'Hi', maxOutputTokens, maxRetries: 0 });
            const { generationConfig } = JSON.parse(upstream.requests.at(-1).body);
            assert.equal(generationConfig?.maxOutputTokens, sent);
        }
        upstream.check();
    } finally {
        await one.stop();
        await upstream.stop();
    }
});
