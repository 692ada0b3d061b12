// Google's own SDK through the proxy, to an upstream that checks what arrives.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { ApiError, BlockedReason, createPartFromUri, createUserContent, GoogleGenAI } from '@google/genai';

import { WORD, checkRelayed, collect, patience, startProxy, stopBoth, watchFetch } from './harness.mjs';
import { Upstream, answer, events, json, lockStep } from './upstream.mjs';

const model = 'gemini-2.5-flash';
const path = `/v1beta/models/${model}`;
const calls = watchFetch();
const upstream = new Upstream();
let proxy, ai;

before(async () => {
    await upstream.start();
    proxy = await startProxy('--upstream', upstream.url);
    ai = new GoogleGenAI({ apiKey: WORD, httpOptions: { baseUrl: proxy.url } });
});

afterEach(() => checkRelayed(calls, upstream));

after(() => stopBoth(proxy, upstream));

const body = (index) => JSON.parse(upstream.requests[index].body);
const target = (index) => upstream.requests[index].target;

test('generate', patience, async () => {
    upstream.next(json(answer([{ text: 'Grüße, 世界' }], { finishReason: 'STOP' })));
    const response = await ai.models.generateContent({
        model,
        contents: 'Why is the sky blue? «ö»',
        config: { temperature: 0.5, systemInstruction: 'Be short.', stopSequences: ['\r\n'] },
    });
    assert.equal(response.text, 'Grüße, 世界');
    assert.equal(response.candidates[0].finishReason, 'STOP');
    assert.equal(response.usageMetadata.totalTokenCount, 12);
    assert.equal(target(0), `${path}:generateContent`);
    assert.equal(body(0).contents[0].parts[0].text, 'Why is the sky blue? «ö»');
    assert.equal(body(0).generationConfig.temperature, 0.5);
});

test('stream, each piece the moment it is there', patience, async () => {
    const pieces = ['One ', 'two ', 'three ', 'four.'];
    const steps = lockStep();
    const last = { finishReason: 'STOP' };
    const parts = pieces.map((text, at) => answer([{ text }], at === 3 ? last : {}));
    upstream.next(events(parts, steps.before));
    const seen = [];
    for await (const chunk of await ai.models.generateContentStream({ model, contents: 'Count.' })) {
        seen.push(chunk.text);
        steps.seen();
    }
    assert.deepEqual(seen, pieces);
    assert.equal(target(0), `${path}:streamGenerateContent?alt=sse`);
});

test('count tokens', patience, async () => {
    upstream.next(json({ totalTokens: 31, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 31 }] }));
    const response = await ai.models.countTokens({ model, contents: 'How long is this?' });
    assert.equal(response.totalTokens, 31);
    assert.equal(target(0), `${path}:countTokens`);
});

test('embed', patience, async () => {
    upstream.next(json({ embeddings: [{ values: [0.25, -0.5] }, { values: [1, 0] }] }));
    const response = await ai.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] });
    assert.deepEqual(response.embeddings.map(({ values }) => values), [[0.25, -0.5], [1, 0]]);
    assert.equal(target(0), '/v1beta/models/gemini-embedding-001:batchEmbedContents');
    assert.equal(body(0).requests.length, 2);
});

test('list models, page by page', patience, async () => {
    upstream.next(
        json({ models: [{ name: 'models/a' }, { name: 'models/b' }], nextPageToken: 'p/2+=' }),
        json({ models: [{ name: 'models/c' }] }),
    );
    const models = await collect(await ai.models.list({ config: { pageSize: 2 } }));
    assert.deepEqual(models.map(({ name }) => name), ['models/a', 'models/b', 'models/c']);
    const second = new URL(target(1), upstream.url).searchParams;
    assert.equal(second.get('pageToken'), 'p/2+=');
});

test('chat: the history and its thought signatures come back unchanged', patience, async () => {
    const thought = { text: 'The user greets.', thought: true };
    const said = { text: 'Hello.', thoughtSignature: 'EsQBCsEB/a+b/c==' };
    upstream.next(
        json(answer([thought, said], { finishReason: 'STOP' })),
        events([answer([{ text: 'You said ' }]), answer([{ text: 'hi.' }], { finishReason: 'STOP' })]),
    );
    const chat = ai.chats.create({ model, config: { thinkingConfig: { includeThoughts: true } } });
    assert.equal((await chat.sendMessage({ message: 'Hi' })).text, 'Hello.');
    const chunks = await collect(await chat.sendMessageStream({ message: 'What did I say?' }));
    assert.equal(chunks.map(({ text }) => text).join(''), 'You said hi.');
    assert.deepEqual(body(0).generationConfig.thinkingConfig, { includeThoughts: true });
    assert.deepEqual(body(1).contents, [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [thought, said] },
        { role: 'user', parts: [{ text: 'What did I say?' }] },
    ]);
});

test('function calling in two turns', patience, async () => {
    const called = { id: 'call-1', name: 'light', args: { room: 'Küche', level: 0.5 } };
    const part = { functionCall: called, thoughtSignature: 'CiQB+/8=' };
    upstream.next(
        json(answer([part], { finishReason: 'STOP' })),
        json(answer([{ text: 'Done.' }], { finishReason: 'STOP' })),
    );
    const parameters = { type: 'OBJECT', properties: { room: { type: 'STRING' }, level: { type: 'NUMBER' } } };
    const config = { tools: [{ functionDeclarations: [{ name: 'light', description: 'Dims.', parameters }] }] };
    const contents = [createUserContent('Dim the kitchen.')];
    const first = await ai.models.generateContent({ model, contents, config });
    assert.deepEqual(first.functionCalls, [called]);

    const functionResponse = { id: 'call-1', name: 'light', response: { ok: true } };
    contents.push(first.candidates[0].content, { role: 'user', parts: [{ functionResponse }] });
    const second = await ai.models.generateContent({ model, contents, config });
    assert.equal(second.text, 'Done.');
    assert.deepEqual(body(0).tools, config.tools);
    assert.deepEqual(body(1).contents[1], { parts: [part], role: 'model' });
    assert.deepEqual(body(1).contents[2].parts, [{ functionResponse }]);
});

test('upload a file in several pieces, and use it', patience, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gemini-desk-sdk-'));
    const bytes = Buffer.alloc(9 * 1024 * 1024 + 123); // the SDK sends pieces of 8 MiB
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.imul(at, 2654435761) >>> 0, Math.min(at, bytes.length - 4));
    const name = join(folder, 'sound.bin');
    await writeFile(name, bytes);
    const uri = 'https://generativelanguage.googleapis.com/v1beta/files/f1';
    const file = { name: 'files/f1', mimeType: 'audio/wav', uri, state: 'ACTIVE', sizeBytes: `${bytes.length}` };
    const link = `${upstream.url}/upload/v1beta/files?upload_id=AB-c_1&upload_protocol=resumable`;
    upstream.next(
        json({}, 200, { 'X-Goog-Upload-URL': link, 'X-Goog-Upload-Status': 'active' }),
        json('', 200, { 'X-Goog-Upload-Status': 'active' }),
        json({ file }, 200, { 'X-Goog-Upload-Status': 'final' }),
        json(file),
        json(answer([{ text: 'A whale.' }], { finishReason: 'STOP' })),
    );
    const uploaded = await ai.files.upload({ file: name, config: { mimeType: 'audio/wav', displayName: 'Ton' } });
    await rm(folder, { recursive: true });
    assert.equal(uploaded.uri, uri);

    const [start, piece, final] = upstream.requests;
    assert.equal(calls[0].response.headers.get('x-goog-upload-url'), link.replace(upstream.url, proxy.url));
    assert.equal(start.target, '/upload/v1beta/files');
    assert.equal(start.headers['x-goog-upload-command'], 'start');
    assert.equal(start.headers['x-goog-upload-header-content-length'], `${bytes.length}`);
    assert.equal(start.headers['x-goog-upload-header-content-type'], 'audio/wav');
    assert.equal(body(0).file.displayName, 'Ton');
    assert.equal(piece.headers['x-goog-upload-command'], 'upload');
    assert.equal(final.headers['x-goog-upload-command'], 'upload, finalize');
    assert.equal(final.headers['x-goog-upload-offset'], `${piece.body.length}`);
    assert.ok(Buffer.concat([piece.body, final.body]).equals(bytes), 'another file arrived');
    assert.equal(piece.target, link.slice(upstream.url.length));

    assert.equal((await ai.files.get({ name: uploaded.name })).state, 'ACTIVE');
    const contents = createUserContent([createPartFromUri(uploaded.uri, uploaded.mimeType), 'What is it?']);
    assert.equal((await ai.models.generateContent({ model, contents })).text, 'A whale.');
    assert.deepEqual(body(4).contents[0].parts[0], { fileData: { fileUri: uri, mimeType: 'audio/wav' } });
});

test('a 429 says what Gemini said, and when to come back', patience, async () => {
    const error = {
        code: 429,
        message: 'You exceeded your current quota. Please retry in 6.5s.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '6.5s' }],
    };
    const text = JSON.stringify({ error }, null, 2);
    upstream.next(json(text, 429));
    await assert.rejects(ai.models.generateContent({ model, contents: 'Hi' }), (thrown) => {
        assert.ok(thrown instanceof ApiError);
        assert.equal(thrown.status, 429);
        assert.deepEqual(JSON.parse(thrown.message), { error });
        return true;
    });
    assert.equal(calls[0].response.headers.get('retry-after'), '7');
    assert.equal(calls[0].answer, text);
});

test('a blocked prompt', patience, async () => {
    const promptFeedback = { blockReason: 'PROHIBITED_CONTENT' };
    upstream.next(
        json({ promptFeedback, modelVersion: model }),
        events([{ promptFeedback, modelVersion: model }]),
    );
    const response = await ai.models.generateContent({ model, contents: 'Something bad' });
    assert.equal(response.promptFeedback.blockReason, BlockedReason.PROHIBITED_CONTENT);
    assert.equal(response.text, undefined);
    const chunks = await collect(await ai.models.generateContentStream({ model, contents: 'Something bad' }));
    assert.deepEqual(chunks.map((chunk) => chunk.promptFeedback), [promptFeedback]);
});

test('an answer that breaks off is no whole one', patience, async () => {
    upstream.next((request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(answer([{ text: 'Half' }]))}\r\n\r\n`, () => response.destroy());
    });
    const seen = [];
    await assert.rejects(async () => {
        for await (const chunk of await ai.models.generateContentStream({ model, contents: 'Hi' }))
            seen.push(chunk.text);
    });
    assert.deepEqual(seen, ['Half']);
});

test('abort in mid stream reaches the upstream', patience, async () => {
    const stop = new AbortController();
    const closed = new Promise((done) =>
        upstream.next((request, response) => {
            response.on('close', () => done(response.writableFinished));
            response.writeHead(200, { 'Content-Type': 'text/event-stream' });
            response.write(`data: ${JSON.stringify(answer([{ text: 'First' }]))}\r\n\r\n`);
        }),
    );
    await assert.rejects(async () => {
        const config = { abortSignal: stop.signal };
        for await (const chunk of await ai.models.generateContentStream({ model, contents: 'Hi', config })) {
            assert.equal(chunk.text, 'First');
            stop.abort();
        }
    }, /abort/i);
    assert.equal(await closed, false);
});
