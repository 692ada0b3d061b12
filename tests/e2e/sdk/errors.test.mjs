// What the SDKs of Anthropic and OpenAI make of errors, through the proxy: the right class, with Gemini's words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

import { WORD, patience, startProxy, startProxyWithKey, watchFetch } from './harness.mjs';
import { Upstream } from './upstream.mjs';

const TOKEN = 'a-token-that-the-proxy-wants';
const messages = [{ role: 'user', content: 'Hi' }];
const calls = watchFetch();
let proxy, guarded, keyless;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    keyless = await startProxyWithKey('', '--upstream', 'http://127.0.0.1:9');
    guarded = await startProxy('--demo', '--demo-pace', '0', '--token', TOKEN);
});

after(async () => {
    await proxy.stop();
    await keyless.stop();
    await guarded.stop();
    assert.ok(!guarded.log().includes(TOKEN), 'a credential is in the log');
});

const anthropic = (more) => new Anthropic({ apiKey: WORD, baseURL: proxy.url, maxRetries: 0, ...more });
const openai = (more) => new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0, ...more });

// Each way to ask, for a model, of a client of its kind.
const ways = {
    message: [anthropic, (client, model) => client.messages.create({ model, max_tokens: 9, messages })],
    'message, streamed': [
        anthropic,
        (client, model) => client.messages.stream({ model, max_tokens: 9, messages }).finalMessage(),
    ],
    'count of tokens': [anthropic, (client, model) => client.messages.countTokens({ model, messages })],
    chat: [openai, (client, model) => client.chat.completions.create({ model, messages })],
    'chat, streamed': [
        openai,
        (client, model) => client.chat.completions.stream({ model, messages }).finalChatCompletion(),
    ],
    response: [openai, (client, model) => client.responses.create({ model, input: 'Hi' })],
    'response, streamed': [
        openai,
        (client, model) => client.responses.stream({ model, input: 'Hi' }).finalResponse(),
    ],
};

const errors = [
    ['demo-key-invalid', 400, 'BadRequestError', 'invalid_request_error', /API key not valid/],
    ['demo-forbidden', 403, 'PermissionDeniedError', 'permission_error', /permission|denied|allowed/i],
    ['demo-model-missing', 404, 'NotFoundError', 'not_found_error', /models\/demo-model-missing is not found/],
    ['demo-quota', 429, 'RateLimitError', 'rate_limit_error', /exceeded your current quota/],
    ['demo-internal', 500, 'InternalServerError', 'api_error', /An internal error has occurred/],
    ['demo-unavailable', 503, 'InternalServerError', 'overloaded_error', /The model is overloaded/],
];

for (const [way, [client, send]] of Object.entries(ways)) {
    for (const [model, status, name, type, words] of errors)
        test(`${way}: ${model}`, patience, async () => {
            await assert.rejects(send(client(), model), (thrown) => {
                const Sdk = client === anthropic ? Anthropic : OpenAI;
                const overloaded = status === 503 && client === anthropic;
                assert.equal(thrown.status, overloaded ? 529 : status);
                assert.ok(thrown instanceof Sdk[name], thrown.constructor.name);
                if (overloaded) assert.ok(thrown instanceof Anthropic.OverloadedError);
                assert.match(thrown.message, words);
                if (client === anthropic) assert.equal(thrown.type, type);
                if (status === 429) assert.equal(thrown.headers.get('retry-after'), '34');
                return true;
            });
        });

    test(`${way}: without the proxy's token, and with it`, patience, async () => {
        const baseURL = client === anthropic ? guarded.url : `${guarded.url}/v1`;
        const name = client === anthropic ? Anthropic.AuthenticationError : OpenAI.AuthenticationError;
        await assert.rejects(send(client({ baseURL }), 'gemini-flash-latest'), (thrown) => {
            assert.ok(thrown instanceof name, thrown.constructor.name);
            assert.match(thrown.message, /token/);
            return true;
        });
        await send(client({ baseURL, apiKey: TOKEN }), 'gemini-flash-latest');
        if (client === anthropic)
            await send(client({ baseURL, apiKey: null, authToken: TOKEN }), 'gemini-flash-latest');
    });

    test(`${way}: no key is said at once, as no further try helps`, patience, async () => {
        const baseURL = client === anthropic ? keyless.url : `${keyless.url}/v1`;
        calls.length = 0;
        await assert.rejects(send(client({ baseURL, maxRetries: 2 }), 'gemini-flash-latest'), (thrown) => {
            assert.equal(thrown.status, 503);
            assert.match(thrown.message, /There is no key yet/);
            if (client === anthropic) assert.equal(thrown.type, 'api_error');
            return true;
        });
        assert.equal(calls.length, 1);
    });

    test(`${way}: tried again by the SDK where Gemini is overloaded once`, patience, async () => {
        await send(client({ maxRetries: 2 }), 'demo-unavailable-once');
    });
}

const middles = [
    ['demo-error-mid', /The model is overloaded/],
    ['demo-cut-between', /closed the connection before the answer was whole/],
    ['demo-reset', /closed the connection before the answer was whole/],
    ['demo-bad-json', /could not be read/],
];

for (const [model, words] of middles) {
    test(`message: ${model} in mid stream is no whole answer, and says why`, patience, async () => {
        const [client, send] = ways['message, streamed'];
        await assert.rejects(send(client(), model), (thrown) => {
            assert.ok(thrown instanceof Anthropic.APIError);
            assert.match(thrown.message, words);
            return true;
        });
    });

    test(`response: ${model} in mid stream is no whole answer, and says why`, patience, async () => {
        const [client, send] = ways['response, streamed'];
        await assert.rejects(send(client(), model));
        let last;
        await assert.rejects(async () => {
            const stream = await client().responses.create({ model, input: 'Hi', stream: true });
            for await (const event of stream) last = event;
        });
        assert.equal(last.type, 'response.failed');
        assert.match(last.response.error.message, words);
    });

    test(`chat: ${model} in mid stream is no whole answer`, patience, async () => {
        const [client, send] = ways['chat, streamed'];
        await assert.rejects(send(client(), model));
    });
}

for (const [way, ask] of [
    ['message', (client, model) => client.messages.create({ model, max_tokens: 9, messages, stream: true })],
    ['response', (client, model) => client.responses.create({ model, input: 'Hi', stream: true })],
])
    test(`${way}: leaving in the middle reaches the upstream`, patience, async () => {
        const upstream = await new Upstream().start();
        const one = await startProxy('--upstream', upstream.url);
        try {
            const first = { candidates: [{ content: { role: 'model', parts: [{ text: 'First' }] } }] };
            const closed = new Promise((done) =>
                upstream.next((request, response) => {
                    response.on('close', () => done(response.writableFinished));
                    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
                    response.write(`data: ${JSON.stringify(first)}\r\n\r\n`);
                }),
            );
            const client = way === 'message' ? anthropic({ baseURL: one.url }) : openai({ baseURL: `${one.url}/v1` });
            const stream = await ask(client, 'gemini-2.5-flash');
            for await (const { delta } of stream) if ((delta?.text ?? delta) === 'First') stream.controller.abort();
            assert.equal(await closed, false);
            upstream.check();
        } finally {
            await one.stop();
            await upstream.stop();
        }
    });
