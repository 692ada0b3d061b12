// A stand-in for Gemini that answers what a test tells it to, and keeps what arrived.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { KEY, WORD } from './harness.mjs';

export class Upstream {
    requests = []; // { method, target, headers, body }, target: path and query
    #answers = [];
    #server = createServer((request, response) => this.#take(request, response));

    async start() {
        await new Promise((done) => this.#server.listen(0, '127.0.0.1', done));
        this.url = `http://127.0.0.1:${this.#server.address().port}`;
        return this;
    }

    stop() {
        this.#server.closeAllConnections();
        return new Promise((done) => this.#server.close(done));
    }

    // That function of request and response answers the next request; further ones queue up.
    next(...answers) {
        this.#answers.push(...answers);
    }

    // Checks all requests and forgets them. Each must hold the proxy's key, once, in its field, and nothing of the
    // client's own. There must be no more of them, nor fewer, than the test had answers for.
    check() {
        const requests = this.requests.splice(0);
        assert.equal(this.#answers.splice(0).length, 0, 'a request did not come');
        for (const { target, fields, body, unexpected } of requests) {
            assert.ok(!unexpected, `a request too many: ${target}`);
            // Gemini's OpenAI-compatible face takes it the way OpenAI does.
            const key = target.startsWith('/v1beta/openai/') ? ['authorization', `Bearer ${KEY}`] : ['x-goog-api-key', KEY];
            const isCredential = ([name]) => /^(authorization|cookie|proxy-authorization|x-goog-api-key)$/.test(name);
            assert.deepEqual(fields.filter(isCredential), [key]);
            const rest = JSON.stringify(fields.filter((field) => !isCredential(field)));
            for (const place of [target, rest, body]) {
                assert.ok(!place.includes(WORD), 'what the client calls its key went upstream');
                assert.ok(!place.includes(KEY), 'the key went upstream elsewhere than in its field');
            }
            assert.equal(new URL(target, this.url).searchParams.get('key'), null);
        }
    }

    async #take(request, response) {
        const pieces = [];
        for await (const piece of request) pieces.push(piece);
        const raw = request.rawHeaders;
        const fields = raw.flatMap((name, at) => (at % 2 ? [] : [[name.toLowerCase(), raw[at + 1]]]));
        const answer = this.#answers.shift();
        const taken = { method: request.method, target: request.url, headers: request.headers, fields };
        taken.body = Buffer.concat(pieces);
        taken.unexpected = !answer;
        this.requests.push(taken);
        if (!answer) return response.writeHead(500).end();
        await answer(taken, response);
    }
}

export const json = (object, status = 200, fields = {}) => (request, response) =>
    response
        .writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8', ...fields })
        .end(typeof object === 'string' ? object : JSON.stringify(object));

// An event stream; each event goes out once `before(its index)` lets it.
export const events = (objects, before = async () => {}, end = '') => async (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const [index, object] of objects.entries()) {
        await before(index);
        response.write(`data: ${JSON.stringify(object)}\r\n\r\n`);
    }
    response.end(end);
};

// A lock-step for events(): the next one waits until the client has seen() the one before.
export function lockStep() {
    const waiting = new Map();
    let count = 0;
    return {
        before: (index) => (count >= index ? undefined : new Promise((open) => waiting.set(index, open))),
        seen: () => waiting.get(++count)?.(),
    };
}

// Gemini's answer, with these parts.
export const answer = (parts, more = {}) => ({
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 7, totalTokenCount: 12 },
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r1',
});
