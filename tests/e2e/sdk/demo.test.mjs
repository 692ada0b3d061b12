// Both SDKs through the proxy to the built-in demo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { createPartFromUri, createUserContent, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

import { WORD, collect, patience, startProxy } from './harness.mjs';

const model = 'gemini-flash-latest';
const messages = [{ role: 'user', content: 'Write a haiku' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { name: 'get_weather', description: 'The weather of a city.' };
let proxy, ai, openai;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '1');
    ai = new GoogleGenAI({ apiKey: WORD, httpOptions: { baseUrl: proxy.url } });
    openai = new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0 });
});

after(() => proxy.stop());

test('Google: generate', patience, async () => {
    const response = await ai.models.generateContent({ model, contents: 'Write a haiku' });
    assert.match(response.text, /The sea knows their names\./);
    assert.ok(response.usageMetadata.totalTokenCount > 0);
});

test('Google: stream', patience, async () => {
    const chunks = await collect(await ai.models.generateContentStream({ model, contents: 'Write a haiku' }));
    assert.ok(chunks.length > 10, `only ${chunks.length} pieces`);
    assert.match(chunks.map(({ text }) => text).join(''), /The sea knows their names\./);
    assert.equal(chunks.at(-1).candidates[0].finishReason, 'STOP');
});

test('Google: count tokens, embed, list models', patience, async () => {
    assert.ok((await ai.models.countTokens({ model, contents: 'One two three' })).totalTokens > 0);
    const { embeddings } = await ai.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] });
    assert.equal(embeddings.length, 2);
    assert.ok(embeddings.every(({ values }) => values.length && values.every(Number.isFinite)));
    const models = await collect(await ai.models.list({ config: { pageSize: 3 } }));
    assert.ok(models.some(({ name }) => name === `models/${model}`));
    assert.equal(new Set(models.map(({ name }) => name)).size, models.length);
});

test('Google: chat with thoughts', patience, async () => {
    const chat = ai.chats.create({ model: 'demo-thinking' });
    await chat.sendMessage({ message: 'Write a haiku' });
    const second = await chat.sendMessage({ message: 'Another one' });
    assert.ok(second.candidates[0].content.parts.some(({ thought }) => thought));
    assert.equal(chat.getHistory().filter(({ role }) => role === 'model').length, 2);
});

test('Google: function calling in two turns', patience, async () => {
    const tools = [{ functionDeclarations: [{ ...weather, parametersJsonSchema: parameters }] }];
    const contents = [createUserContent('What is the weather in Paris?')];
    const first = await ai.models.generateContent({ model, contents, config: { tools } });
    assert.deepEqual(first.functionCalls.map(({ name }) => name), ['get_weather']);
    const { id, name } = first.functionCalls[0];
    const functionResponse = { id, name, response: { sky: 'clear' } };
    contents.push(first.candidates[0].content, { role: 'user', parts: [{ functionResponse }] });
    const second = await ai.models.generateContent({ model, contents, config: { tools } });
    assert.match(second.text, /clear/);
});

test('Google: upload a file and use it', patience, async () => {
    const file = new Blob(['A few notes.'], { type: 'text/plain' });
    const { name, uri, mimeType, sizeBytes } = await ai.files.upload({ file });
    assert.equal(Number(sizeBytes), 12);
    assert.equal((await ai.files.get({ name })).state, 'ACTIVE');
    const contents = createUserContent([createPartFromUri(uri, mimeType), 'What is in it?']);
    assert.ok((await ai.models.generateContent({ model, contents })).text);
    await ai.files.delete({ name });
    await assert.rejects(ai.files.get({ name }), { status: 403 }); // Gemini, too, says so of a file that is not there
});

test('Google: a 429, a blocked prompt', patience, async () => {
    await assert.rejects(ai.models.generateContent({ model: 'demo-quota', contents: 'Hi' }), { status: 429 });
    const blocked = await ai.models.generateContent({ model: 'demo-blocked', contents: 'Hi' });
    assert.ok(blocked.promptFeedback.blockReason);
    assert.equal(blocked.candidates, undefined);
});

test('Google: abort in mid stream', patience, async () => {
    const stop = new AbortController();
    const config = { abortSignal: stop.signal };
    await assert.rejects(async () => {
        const stream = await ai.models.generateContentStream({ model: 'demo-stall-after', contents: 'Hi', config });
        for await (const chunk of stream) if (chunk.text) stop.abort();
    }, /abort/i);
    // No stream is left open after that.
    for (let open = NaN; open !== 0; ) {
        const metrics = await (await fetch(`${proxy.url}/metrics`)).text();
        open = Number(/^gemini_proxy_open_streams (\d+)$/m.exec(metrics)[1]);
    }
});

test('OpenAI: chat, and a stream with usage', patience, async () => {
    const answer = await openai.chat.completions.create({ model, messages });
    assert.match(answer.choices[0].message.content, /The sea knows their names\./);
    const options = { model, messages, stream: true, stream_options: { include_usage: true } };
    const chunks = await collect(await openai.chat.completions.create(options));
    assert.ok(chunks.length > 10, `only ${chunks.length} pieces`);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    assert.equal(text, answer.choices[0].message.content);
    assert.deepEqual(chunks.findLast(({ usage }) => usage).usage, answer.usage);
});

test('OpenAI: models and embeddings', patience, async () => {
    const models = await collect(openai.models.list());
    assert.ok(models.some(({ id }) => id === `models/${model}`));
    const { data } = await openai.embeddings.create({ model: 'gemini-embedding-001', input: ['a', 'b'] });
    assert.deepEqual(data.map(({ index }) => index), [0, 1]);
    assert.ok(data.every(({ embedding }) => embedding.length && embedding.every(Number.isFinite)));
});

test('OpenAI: function calling in two turns', patience, async () => {
    const tools = [{ type: 'function', function: { ...weather, parameters } }];
    const ask = [{ role: 'user', content: 'What is the weather in Paris?' }];
    const { message } = (await openai.chat.completions.create({ model, messages: ask, tools })).choices[0];
    assert.equal(message.tool_calls[0].function.name, 'get_weather');
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: '{"sky":"clear"}' };
    const turns = [...ask, message, result];
    const second = await openai.chat.completions.create({ model, messages: turns, tools });
    assert.match(second.choices[0].message.content, /clear/);
});

test('OpenAI: a model that there is not', patience, async () => {
    const gone = openai.chat.completions.create({ model: 'demo-model-missing', messages });
    await assert.rejects(gone, OpenAI.NotFoundError);
});
