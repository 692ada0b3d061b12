// OpenAI's SDK through the proxy, to an upstream that checks what arrives.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import OpenAI from 'openai';

import { WORD, checkRelayed, collect, patience, startProxy, stopBoth, watchFetch } from './harness.mjs';
import { Upstream, json, lockStep } from './upstream.mjs';

const model = 'gemini-2.5-flash';
const messages = [{ role: 'user', content: 'Grüße aus 東京' }];
const calls = watchFetch();
const upstream = new Upstream();
let proxy, openai;

before(async () => {
    await upstream.start();
    proxy = await startProxy('--upstream', upstream.url);
    openai = new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0 });
});

afterEach(() => checkRelayed(calls, upstream, (sent) => sent.replace(/^(\/openai)?\/v1\//, '/v1beta/openai/')));

after(() => stopBoth(proxy, upstream));

const usage = { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 };
const body = (index) => JSON.parse(upstream.requests[index].body);
const completion = (message, finish_reason) => ({
    id: 'c1',
    object: 'chat.completion',
    created: 1760000000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
    usage,
});
const chunk = (content, more = {}) => ({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1760000000,
    model,
    choices: [{ index: 0, delta: { role: 'assistant', content } }],
    ...more,
});

// OpenAI's framing: line feeds alone, and a last event that is no JSON.
const stream = (chunks, before = () => {}) => async (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const [index, object] of chunks.entries()) {
        await before(index);
        response.write(`data: ${JSON.stringify(object)}\n\n`);
    }
    response.end('data: [DONE]\n\n');
};

test('chat', patience, async () => {
    upstream.next(json(completion({ content: 'こんにちは' }, 'stop')));
    const answer = await openai.chat.completions.create({ model, messages, temperature: 0.2 });
    assert.equal(answer.choices[0].message.content, 'こんにちは');
    assert.deepEqual(answer.usage, usage);
    assert.equal(upstream.requests[0].target, '/v1beta/openai/chat/completions');
    assert.deepEqual(body(0), { model, messages, temperature: 0.2 });
});

test('stream with usage, each piece the moment it is there', patience, async () => {
    const steps = lockStep();
    upstream.next(stream([chunk('a'), chunk('b'), chunk('c', { usage })], steps.before));
    const options = { model, messages, stream: true, stream_options: { include_usage: true } };
    const seen = [];
    for await (const piece of await openai.chat.completions.create(options)) {
        seen.push([piece.choices[0].delta.content, piece.usage?.total_tokens]);
        steps.seen();
    }
    assert.deepEqual(seen, [['a', undefined], ['b', undefined], ['c', 10]]);
    assert.deepEqual(body(0).stream_options, { include_usage: true });
});

test('function calling in two turns, with its thought signature', patience, async () => {
    const call = {
        id: 'f1',
        type: 'function',
        function: { name: 'light', arguments: '{"level":0.5}' },
        extra_content: { google: { thought_signature: 'CiQB+/8=' } },
    };
    upstream.next(
        json(completion({ content: null, tool_calls: [call] }, 'tool_calls')),
        json(completion({ content: 'Done.' }, 'stop')),
    );
    const tools = [{ type: 'function', function: { name: 'light', parameters: { type: 'object', properties: {} } } }];
    const first = await openai.chat.completions.create({ model, messages, tools });
    const { message } = first.choices[0];
    assert.deepEqual(message.tool_calls, [call]);
    const result = { role: 'tool', tool_call_id: 'f1', content: 'ok' };
    const turns = [...messages, message, result];
    const second = await openai.chat.completions.create({ model, messages: turns, tools });
    assert.equal(second.choices[0].message.content, 'Done.');
    assert.deepEqual(body(1).messages, turns);
});

test('models', patience, async () => {
    const one = { id: 'models/gemini-2.5-flash', object: 'model', owned_by: 'google' };
    upstream.next(json({ object: 'list', data: [one] }), json(one));
    assert.deepEqual(await collect(openai.models.list()), [one]);
    assert.deepEqual({ ...(await openai.models.retrieve(model)) }, one);
    assert.equal(upstream.requests[1].target, `/v1beta/openai/models/${model}`);
});

test('embeddings', patience, async () => {
    const data = [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }];
    upstream.next(json({ object: 'list', data, model: 'gemini-embedding-001' }));
    const input = { model: 'gemini-embedding-001', input: 'a', encoding_format: 'float' };
    assert.deepEqual((await openai.embeddings.create(input)).data, data);
    assert.equal(upstream.requests[0].target, '/v1beta/openai/embeddings');
});

test('any other part of the API, under /openai/v1', patience, async () => {
    const batch = { id: 'batches/b1', object: 'batch', status: 'completed' };
    upstream.next(json(batch));
    const client = openai.withOptions({ baseURL: `${proxy.url}/openai/v1` });
    assert.equal((await client.batches.retrieve('b1')).status, 'completed');
    assert.equal(upstream.requests[0].target, '/v1beta/openai/batches/b1');
});

test("a model that Gemini lacks: Gemini's own 404, without the array that the SDK cannot read", patience, async () => {
    const error = { code: 404, message: 'models/gemini-9 is not found for API version v1main', status: 'NOT_FOUND' };
    upstream.next(json(JSON.stringify([{ error }], null, 2), 404));
    await assert.rejects(openai.chat.completions.create({ model: 'gemini-9', messages }), (thrown) => {
        assert.ok(thrown instanceof OpenAI.NotFoundError);
        assert.equal(thrown.message, `404 ${error.message}`);
        return true;
    });
    assert.deepEqual(JSON.parse(calls[0].answer), { error });
    assert.equal(body(0).model, 'gemini-9');
});

test('a 429 is tried again when Gemini said', patience, async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.3s' }];
    const error = { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details };
    upstream.next(json([{ error }], 429), json(completion({ content: 'Now.' }, 'stop')));
    const client = openai.withOptions({ maxRetries: 1 });
    const answer = await client.chat.completions.create({ model, messages });
    assert.equal(answer.choices[0].message.content, 'Now.');
    assert.equal(calls[0].response.headers.get('retry-after'), '1');
});

test('abort in mid stream reaches the upstream', patience, async () => {
    const closed = new Promise((done) =>
        upstream.next((request, response) => {
            response.on('close', () => done(response.writableFinished));
            response.writeHead(200, { 'Content-Type': 'text/event-stream' });
            response.write(`data: ${JSON.stringify(chunk('First'))}\n\n`);
        }),
    );
    const answer = await openai.chat.completions.create({ model, messages, stream: true });
    for await (const piece of answer) {
        assert.equal(piece.choices[0].delta.content, 'First');
        answer.controller.abort();
    }
    assert.equal(await closed, false);
});
