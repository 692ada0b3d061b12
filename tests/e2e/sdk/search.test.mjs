// Gemini's search as the clients of other APIs see it: SDKs of Anthropic and OpenAI, and the AI SDK, to an upstream.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';

import { WORD, patience, startProxy, stopBoth, textOf } from './harness.mjs';
import { Upstream, answer, events, json } from './upstream.mjs';

const upstream = new Upstream();
let proxy, options;

before(async () => {
    await upstream.start();
    proxy = await startProxy('--upstream', upstream.url);
    options = { apiKey: WORD, maxRetries: 0 };
});

afterEach(() => {
    for (const { body } of upstream.requests) assert.deepEqual(JSON.parse(body).tools, [{ googleSearch: {} }]);
    upstream.check();
});

after(() => stopBoth(proxy, upstream));

const grounding = {
    webSearchQueries: ['who', 'what'],
    groundingChunks: [{ web: { uri: 'https://example.com/', title: 'Example' } }],
    groundingSupports: [{ segment: { startIndex: 0, endIndex: 5, text: 'It is' }, groundingChunkIndices: [0] }],
};
const last = { finishReason: 'STOP', groundingMetadata: grounding };
const whole = json(answer([{ text: 'It is so.' }], last));
const streamed = events([answer([{ text: 'It is ' }]), answer([{ text: 'so.' }]), answer([], last)]);
const withoutIds = (value) => JSON.parse(JSON.stringify(value, (name, inner) => (/id$/.test(name) ? 'ID' : inner)));

test('Anthropic', patience, async () => {
    const anthropic = new Anthropic({ ...options, baseURL: proxy.url });
    const messages = [{ role: 'user', content: 'Is it?' }];
    const tools = [{ type: 'web_search_20250305', name: 'web_search' }];
    const asked = { model: 'claude-sonnet-5', max_tokens: 99, messages, tools };
    upstream.next(whole, streamed, whole);
    const message = await anthropic.messages.create(asked);
    assert.equal(textOf(message), 'It is so.');
    assert.equal(message.stop_reason, 'end_turn');
    const [search] = message.content.filter(({ type }) => type === 'server_tool_use');
    const [found] = message.content.filter(({ type }) => type === 'web_search_tool_result');
    assert.deepEqual(search.input, { query: 'who; what' });
    assert.equal(found.tool_use_id, search.id);
    assert.deepEqual(found.content.map(({ url, title }) => [url, title]), [['https://example.com/', 'Example']]);
    const { content } = await anthropic.messages.stream(asked).finalMessage();
    assert.deepEqual(withoutIds(content), withoutIds(message.content));
    const turns = [...messages, { role: 'assistant', content }, { role: 'user', content: 'Sure?' }];
    await anthropic.messages.create({ ...asked, messages: turns });
    const { contents } = JSON.parse(upstream.requests.at(-1).body);
    assert.deepEqual(contents.map(({ parts }) => parts[0].text), ['Is it?', 'It is so.', 'Sure?']);
});

test('OpenAI', patience, async () => {
    const openai = new OpenAI({ ...options, baseURL: `${proxy.url}/v1` });
    const asked = { model: 'gpt-5.1', input: 'Is it?', tools: [{ type: 'web_search' }] };
    upstream.next(whole, streamed, whole);
    const response = await openai.responses.create(asked);
    assert.equal(response.output_text, 'It is so.');
    const [search] = response.output.filter(({ type }) => type === 'web_search_call');
    assert.deepEqual([search.status, search.action.query], ['completed', 'who; what']);
    const { output } = await openai.responses.stream(asked).finalResponse();
    const states = (items) => items.map(({ type, status }) => [type, status]);
    assert.deepEqual(states(output), states(response.output));
    const turns = [{ role: 'user', content: 'Is it?' }, ...response.output, { role: 'user', content: 'Sure?' }];
    await openai.responses.create({ ...asked, input: turns, store: false });
    const { contents } = JSON.parse(upstream.requests.at(-1).body);
    assert.deepEqual(contents.map(({ parts }) => parts[0].text), ['Is it?', 'It is so.', 'Sure?']);
});

for (const [name, create, model, tool] of [
    ['Anthropic', createAnthropic, 'claude-sonnet-5', ({ webSearch_20250305: search }) => search({})],
    ['OpenAI', createOpenAI, 'gpt-5.1', ({ webSearch: search }) => search({})],
])
    test(`the AI SDK for ${name}`, patience, async () => {
        const provider = create({ apiKey: WORD, baseURL: `${proxy.url}/v1` });
        const tools = { web_search: tool(provider.tools) };
        const ask = { model: provider(model), prompt: 'Is it?', tools, maxRetries: 0 };
        upstream.next(whole, streamed);
        const { text, toolCalls, toolResults } = await generateText(ask);
        assert.equal(text, 'It is so.');
        assert.deepEqual(toolCalls.map(({ toolName }) => toolName), ['web_search']);
        assert.ok(toolCalls[0].providerExecuted);
        assert.equal(toolResults.length, 1);
        const stream = streamText({ ...ask, onError: ({ error }) => assert.ifError(error) });
        await stream.consumeStream();
        assert.equal(await stream.text, 'It is so.');
        assert.equal((await stream.toolResults).length, 1);
    });
