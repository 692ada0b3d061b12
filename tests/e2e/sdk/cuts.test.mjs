// What the SDKs make of the proxy's streams does not depend on how the network cuts them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

import { WORD, startProxy } from './harness.mjs';

const patience = { timeout: 120_000 };
const schema = { type: 'object', properties: { town: { type: 'string' } } };
// A tool is called, so that the stream has thoughts, signatures, arguments and words outside of ASCII in it.
const prompt = 'call look {"town":"Köln – 東京 🌆"}';
let proxy;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
});

after(() => proxy.stop());

// Answers each request of an SDK with these bytes, in pieces that end at the cuts.
const cutAt = (bytes, cuts) => async () => {
    let from = 0;
    const pieces = [...cuts, bytes.length].map((to) => bytes.subarray(from, (from = to)));
    const body = new ReadableStream({
        pull(controller) {
            const piece = pieces.shift();
            return piece ? controller.enqueue(piece) : controller.close();
        },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
};

// Asks once, and reads the stream again and again: as it came, with each byte alone, and cut once at each byte.
async function everyCut(path, request, read) {
    const answer = await fetch(proxy.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...request, stream: true }),
    });
    assert.equal(answer.status, 200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const expected = await read(cutAt(bytes, []));
    assert.match(JSON.stringify(expected), /Köln – 東京 🌆/);
    assert.deepEqual(await read(cutAt(bytes, [...bytes.keys()].slice(1))), expected);
    for (let cut = 1; cut < bytes.length; ++cut) assert.deepEqual(await read(cutAt(bytes, [cut])), expected, `at ${cut}`);
}

test("Messages, by Anthropic's SDK", patience, async () => {
    const request = {
        model: 'claude-sonnet-5',
        max_tokens: 1024,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        tools: [{ name: 'look', input_schema: schema }],
        messages: [{ role: 'user', content: prompt }],
    };
    await everyCut('/v1/messages', request, (cut) =>
        new Anthropic({ apiKey: WORD, baseURL: proxy.url, fetch: cut }).messages.stream(request).finalMessage());
});

test("Responses, by OpenAI's SDK", patience, async () => {
    const request = {
        model: 'gpt-5.1',
        input: prompt,
        reasoning: { summary: 'auto' },
        include: ['reasoning.encrypted_content'],
        tools: [{ type: 'function', name: 'look', parameters: schema, strict: false }],
    };
    await everyCut('/v1/responses', request, (cut) =>
        new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, fetch: cut }).responses.stream(request).finalResponse());
});
