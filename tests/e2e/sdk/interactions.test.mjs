// Google's own SDK speaks Interactions through the proxy, to an upstream that checks what arrives, and the proxy counts
// to the token what the SDK is told.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { GoogleGenAI } from '@google/genai';

import { WORD, checkRelayed, collect, patience, startProxy, stopBoth, watchFetch } from './harness.mjs';
import { Upstream, json, lockStep } from './upstream.mjs';

const model = 'gemini-3.6-flash';
const path = '/v1beta/interactions';
const fetchAnything = globalThis.fetch;
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

const usage = (input, output, thoughts = 0, tools = 0, cached = 0) => ({
    total_input_tokens: input,
    total_output_tokens: output,
    total_thought_tokens: thoughts,
    total_tool_use_tokens: tools,
    total_cached_tokens: cached,
    total_tokens: input + output + thoughts + tools,
});
const text = (words) => ({ type: 'text', text: words });
const output = (words) => ({ type: 'model_output', content: [text(words)] });
const interaction = (id, status, more = {}) => ({ id, object: 'interaction', status, model, ...more });

// Google's events: each with an ID, and its type in the data as well.
const created = (id, more = {}) => ['interaction.created', { interaction: interaction(id, 'in_progress', more) }];
const completed = (id, status, used, more = {}) => [
    'interaction.completed',
    { interaction: interaction(id, status, { usage: used, ...more }) },
];
const start = (index, step) => ['step.start', { index, step }];
const delta = (index, addition) => ['step.delta', { index, delta: addition }];
const stop = (index, more = {}) => ['step.stop', { index, ...more }];
const said = (index, ...words) => [
    start(index, { type: 'model_output' }),
    ...words.map((each) => delta(index, text(each))),
    stop(index),
];

// Answers with these events, of which the first has the number `from`; each goes out once `before(its index)` lets it.
// `cut`: what to wait for before the stream breaks off without an end. `done`: what is said in the end. `stays`: the
// client is the one that closes.
const theEnd = 'event: done\ndata: [DONE]\n\n';
const stream = (events, more = {}) => async (request, response) => {
    const { from = 1, cut, done = theEnd, stays = false, before = () => {} } = more;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const [index, [type, data]] of events.entries()) {
        await before(index);
        response.write(
            `event: ${type}\ndata: ${JSON.stringify({ ...data, event_type: type, event_id: `e${from + index}` })}\n\n`,
        );
    }
    if (!cut) return stays ? response.write(done) : response.end(done);
    await cut;
    response.destroy();
};

// What the SDK makes of these events.
const told = (events) =>
    events.map(([type, data], index) => ({ ...data, event_type: type, event_id: `e${index + 1}` }));

// What /metrics has counted for a model or agent: { input, output }.
async function counted(name = model) {
    const lines = (await (await fetchAnything(`${proxy.url}/metrics`)).text()).split('\n');
    const of = (type) => {
        const label = `gemini_proxy_tokens_total{gen_ai_request_model="${name}",gen_ai_token_type="${type}"} `;
        return Number(lines.find((line) => line.startsWith(label))?.slice(label.length) ?? 0);
    };
    return { input: of('input'), output: of('output') };
}

// Runs `work`, which returns the usages that the SDK was told, and asserts that just these were counted.
async function assertCounted(work, name = model) {
    const before = await counted(name);
    const usages = await work();
    const sum = (...names) => usages.reduce((all, each) => names.reduce((sofar, one) => sofar + each[one], all), 0);
    await until(async () => {
        const now = await counted(name);
        assert.deepEqual(
            { input: now.input - before.input, output: now.output - before.output },
            {
                input: sum('total_input_tokens', 'total_tool_use_tokens'),
                output: sum('total_output_tokens', 'total_thought_tokens'),
            },
        );
    });
}

// The SDK is through when it has read the last event; the proxy counts a moment later.
async function until(check) {
    for (let tries = 0; ; ++tries) {
        try {
            return await check();
        } catch (error) {
            if (tries === 100) throw error;
            await new Promise((done) => setTimeout(done, 20));
        }
    }
}

// How the newest request ended, as the log tells it.
const lastEnd = () => until(() => {
    const id = calls.at(-1).response.headers.get('x-request-id');
    return proxy.log().split('\n').find((line) => line.includes(id)).match(/ end=(\S+)/)[1];
});

test('whole', patience, async () => {
    await assertCounted(async () => {
        const used = usage(7, 11, 5, 3, 2);
        upstream.next(json(interaction('v1_a', 'completed', { steps: [output('Grüße, 世界')], usage: used })));
        const answer = await ai.interactions.create({ model, input: 'Why? «ö»', generation_config: { seed: 1 } });
        assert.equal(answer.output_text, 'Grüße, 世界');
        assert.equal(target(0), path);
        assert.equal(body(0).input, 'Why? «ö»');
        return [answer.usage];
    });
    assert.equal(await lastEnd(), 'complete');
});

test('streamed, and complete although the SDK closes at the last event', patience, async () => {
    await assertCounted(async () => {
        const all = [
            created('v1_b'),
            start(0, { type: 'thought' }),
            delta(0, { type: 'thought_summary', content: text('Thinking.') }),
            delta(0, { type: 'thought_signature', signature: 'c2ln' }),
            stop(0),
            ...said(1, 'One, ', 'two, ', 'three.'),
            completed('v1_b', 'completed', usage(3, 9, 20)),
        ];
        upstream.next(stream(all, { stays: true }));
        const events = await collect(await ai.interactions.create({ model, input: 'Count', stream: true }));
        const words = events.map((event) => (event.delta?.type === 'text' ? event.delta.text : ''));
        assert.equal(words.join(''), 'One, two, three.');
        assert.equal(events.at(-1).event_type, 'interaction.completed');
        return [events.at(-1).interaction.usage];
    });
    assert.equal(await lastEnd(), 'complete');
});

const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object', properties: {} } }];
const thought = { type: 'thought', signature: 'c2lnbmF0dXJl' };
const call = { type: 'function_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } };
const result = { type: 'function_result', call_id: 'call_1', name: 'get_weather', result: 'sunny' };

test('a function, with the memory at Google', patience, async () => {
    await assertCounted(async () => {
        upstream.next(
            stream([
                created('v1_c'),
                start(0, { type: 'thought' }),
                delta(0, { type: 'thought_signature', signature: thought.signature }),
                stop(0),
                start(1, { ...call, arguments: {} }),
                delta(1, { type: 'arguments_delta', arguments: '{"city":' }),
                delta(1, { type: 'arguments_delta', arguments: '"Paris"}' }),
                stop(1),
                completed('v1_c', 'requires_action', usage(30, 8, 4)),
            ]),
            json(interaction('v1_d', 'completed', { steps: [output('It is sunny.')], usage: usage(45, 6) })),
        );
        const events = await collect(await ai.interactions.create({ model, input: 'Weather?', tools, stream: true }));
        const pieces = events.map((event) => event.delta?.arguments ?? '');
        assert.deepEqual(JSON.parse(pieces.join('')), call.arguments);
        const { id, status, usage: first } = events.at(-1).interaction;
        assert.equal(status, 'requires_action');
        const answer = await ai.interactions.create({ model, previous_interaction_id: id, input: [result], tools });
        assert.equal(answer.output_text, 'It is sunny.');
        assert.equal(body(1).previous_interaction_id, 'v1_c');
        return [first, answer.usage];
    });
});

test('a function, with the memory at the client', patience, async () => {
    await assertCounted(async () => {
        upstream.next(
            json(interaction('v1_e', 'requires_action', { steps: [thought, call], usage: usage(30, 8, 4) })),
            json(interaction('v1_f', 'completed', { steps: [output('Sunny.')], usage: usage(50, 3) })),
        );
        const history = [{ type: 'user_input', content: [text('Weather?')] }];
        const first = await ai.interactions.create({ model, input: history, tools, store: false });
        const steps = [...history, ...first.steps, result];
        const second = await ai.interactions.create({ model, input: steps, tools, store: false });
        assert.equal(second.output_text, 'Sunny.');
        assert.deepEqual(body(1).input, [...history, thought, call, result]); // the signature among them, unchanged
        return [first.usage, second.usage];
    });
});

test('an agent in the background, read again and again, counts once', patience, async () => {
    const agent = 'deep-research-preview-04-2026';
    const at = (status, more) => json({ id: 'v1_g', object: 'interaction', status, agent, ...more });
    await assertCounted(async () => {
        const used = usage(900_000, 4_000, 60_000, 120_000);
        const end = at('completed', { steps: [output('A report.')], usage: used });
        upstream.next(at('in_progress'), at('in_progress'), at('in_progress'), end, end, end);
        const { id } = await ai.interactions.create({ agent, input: 'Find out', background: true });
        let now;
        do now = await ai.interactions.get(id);
        while (now.status === 'in_progress');
        assert.equal(now.output_text, 'A report.');
        await ai.interactions.get(id);
        await ai.interactions.get(id);
        assert.equal(target(1), `${path}/v1_g?stream=false`);
        return [now.usage];
    }, agent);
});

test('taken up behind a cut in the middle of a step', patience, async () => {
    const agent = 'deep-research-preview-04-2026';
    await assertCounted(async () => {
        const all = [
            created('v1_h', { agent, model: undefined }),
            ...said(0, 'One, ', 'two, ', 'three.'),
            completed('v1_h', 'completed', usage(5, 6), { agent, model: undefined }),
        ];
        let id, last, seen;
        const cut = new Promise((done) => (seen = done));
        const whole = json({ id: 'v1_h', object: 'interaction', status: 'completed', agent, usage: usage(5, 6) });
        upstream.next(stream(all.slice(0, 3), { cut }), stream(all.slice(3), { from: 4 }), whole);
        let words = '';
        const take = async (events) => {
            for await (const event of events) {
                id ??= event.interaction?.id;
                last = event.event_id ?? last;
                if (last === 'e3') seen(); // before that, the cut could take away what is still unread
                if (event.delta?.type === 'text') words += event.delta.text;
                if (event.event_type === 'interaction.completed') return event.interaction.usage;
            }
            return undefined;
        };
        const begun = await ai.interactions.create({ agent, input: 'Count', background: true, stream: true });
        await assert.rejects(take(begun)); // a cut is no end
        assert.equal(last, 'e3');
        assert.equal(await lastEnd(), 'failed');
        const used = await take(await ai.interactions.get(id, { stream: true, last_event_id: last }));
        assert.equal(words, 'One, two, three.');
        assert.equal(target(1), `${path}/v1_h?last_event_id=e3&stream=true`);
        assert.equal(await lastEnd(), 'complete');
        await ai.interactions.get(id); // which counts nothing more
        return [used];
    }, agent);
});

test('cancel and delete', patience, async () => {
    const gone = { error: { code: 404, message: 'Gone.' } };
    upstream.next(json(interaction('v1_i', 'cancelled')), json({}), json(gone, 404));
    assert.equal((await ai.interactions.cancel('v1_i')).status, 'cancelled');
    await ai.interactions.delete('v1_i');
    await assert.rejects(ai.interactions.get('v1_i'), { status: 404 });
    assert.deepEqual([0, 1, 2].map(target), [`${path}/v1_i/cancel`, `${path}/v1_i`, `${path}/v1_i?stream=false`]);
    assert.deepEqual(upstream.requests.map(({ method }) => method), ['POST', 'DELETE', 'GET']);
});

test('an error in the middle of a stream, and one ahead of it', patience, async () => {
    const error = { error: { message: 'Too late.', code: 'gateway_timeout' } };
    upstream.next(stream([created('v1_j'), ...said(0, 'Half').slice(0, 2), ['error', error]]));
    const events = await collect(await ai.interactions.create({ model, input: 'x', stream: true }));
    assert.equal(events.at(-1).error.code, 'gateway_timeout');
    assert.equal(await lastEnd(), 'failed');
    upstream.next(json({ error: { code: 403, message: 'No.', status: 'PERMISSION_DENIED' } }, 403));
    await assert.rejects(ai.interactions.create({ model, input: 'x' }), { status: 403 });
});

test('each piece the moment it is there', patience, async () => {
    const last = completed('v1_k', 'completed', usage(1, 3));
    const events = [created('v1_k'), ...said(0, 'One, ', 'two, ', 'three.'), last];
    const steps = lockStep();
    upstream.next(stream(events, { before: steps.before }));
    const seen = [];
    for await (const event of await ai.interactions.create({ model, input: 'Count', stream: true })) {
        seen.push(event);
        steps.seen();
    }
    assert.deepEqual(seen, told(events));
});

const site = 'https://example.com/';
const citation = { type: 'url_citation', url: site, title: 'Example', start_index: 0, end_index: 3 };
const server = { signature: 'c2VydmVy+/8=' };

test("Google's own tools, pictures, and what is unknown yet", patience, async () => {
    const call = (index, type, args) => [
        start(index, { type, id: `${index}`, arguments: {} }),
        delta(index, { type, arguments: args, ...server }),
        stop(index),
    ];
    const result = (index, type, value) => [
        start(index, { type, call_id: `${index - 1}` }),
        delta(index, { type, result: value, ...server }),
        stop(index),
    ];
    const events = [
        created('v1_l'),
        ['interaction.status_update', { interaction_id: 'v1_l', status: 'in_progress' }],
        ...call(0, 'google_search_call', { queries: ['«ö»'] }),
        ...result(1, 'google_search_result', [{ search_suggestions: '<div>\r\n\r\ndata: {}</div>' }]),
        ...call(2, 'url_context_call', { urls: [site] }),
        ...result(3, 'url_context_result', [{ url: site, status: 'success' }]),
        ...call(4, 'code_execution_call', { language: 'python', code: 'print(55)' }),
        ...result(5, 'code_execution_result', '55\n'),
        ...call(6, 'mcp_server_tool_call', { server_name: 's', name: 'n' }),
        ['step.stirred', { index: 7, of: 'a later year' }],
        start(7, { type: 'model_output', content: [text('So ')] }),
        delta(7, text('ist es, 世界.')),
        delta(7, { type: 'text_annotation_delta', annotations: [citation] }),
        delta(7, { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo='.repeat(20_000) }),
        delta(7, { type: 'smell', data: 'rose' }),
        stop(7, { usage: usage(1, 1), step_usage: usage(1, 1) }),
        completed('v1_l', 'completed', usage(40, 9, 70, 1_000, 30)),
    ];
    await assertCounted(async () => {
        upstream.next(stream(events));
        const seen = await collect(await ai.interactions.create({ model, input: 'All', stream: true }));
        assert.deepEqual(seen, told(events));
        return [seen.at(-1).interaction.usage];
    });
    assert.equal(await lastEnd(), 'complete');
});

test('a function in a stream, with the memory at the client', patience, async () => {
    await assertCounted(async () => {
        upstream.next(
            stream([
                created(''),
                start(0, { type: 'thought' }),
                delta(0, { type: 'thought_signature', signature: thought.signature }),
                stop(0),
                start(1, { ...call, arguments: {} }),
                delta(1, { type: 'arguments_delta', arguments: '{"city":"Par' }),
                delta(1, { type: 'arguments_delta', arguments: 'is"}' }),
                stop(1),
                completed('', 'requires_action', usage(30, 8, 4)),
            ]),
            stream([created(''), ...said(0, 'Sunny.'), completed('', 'completed', usage(50, 3))]),
        );
        const history = [{ type: 'user_input', content: [text('Weather?')] }];
        const options = { model, tools, store: false, stream: true };
        const ask = async (input) => collect(await ai.interactions.create({ ...options, input }));
        const first = await ask(history);
        const steps = [];
        let args = '';
        for (const { event_type, index, step, delta } of first) {
            if (event_type === 'step.start') steps[index] = step;
            if (delta?.type === 'thought_signature') steps[index].signature = delta.signature;
            if (delta?.type === 'arguments_delta') args += delta.arguments;
        }
        steps[1].arguments = JSON.parse(args);
        const second = await ask([...history, ...steps, result]);
        assert.deepEqual(body(1).input, [...history, thought, call, result]);
        assert.equal(body(1).store, false);
        assert.equal(second.find((event) => event.delta).delta.text, 'Sunny.');
        return [first, second].map((events) => events.at(-1).interaction.usage);
    });
});

test("Google's errors ahead of an answer, and when to come back", patience, async () => {
    const quota = {
        code: 429,
        message: 'You exceeded your current quota. Please retry in 6.5s.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '6.5s' }],
    };
    const missing = { code: 404, message: 'models/none is not found.', status: 'NOT_FOUND' };
    await assertCounted(async () => {
        for (const [index, error] of [quota, missing].entries()) {
            const wrong = JSON.stringify({ error }, null, 2);
            upstream.next(json(wrong, error.code));
            await assert.rejects(
                ai.interactions.create({ model, input: 'x', stream: true }, { maxRetries: 0 }),
                (thrown) => {
                    assert.equal(thrown.status, error.code);
                    assert.deepEqual(thrown.error.error, error);
                    return true;
                },
            );
            assert.equal(calls[index].answer, wrong);
        }
        assert.equal(calls[0].response.headers.get('retry-after'), '7');
        assert.equal(calls[1].response.headers.get('retry-after'), null);
        return [];
    });
});

test('a stream that ends, and does not say how the interaction ended, is no whole one', patience, async () => {
    upstream.next(stream([created('v1_n'), ...said(0, 'Half').slice(0, 2)], { done: '' }));
    await assert.rejects(async () => collect(await ai.interactions.create({ model, input: 'x', stream: true })));
    assert.equal(await lastEnd(), 'failed');
});

test('leaving in the middle reaches the upstream', patience, async () => {
    const closed = new Promise((done) =>
        upstream.next((request, response) => {
            response.on('close', () => done(response.writableFinished));
            return stream([created('v1_m'), ...said(0, 'First').slice(0, 2)], { cut: closed })(request, response);
        }),
    );
    for await (const event of await ai.interactions.create({ model, input: 'x', stream: true }))
        if (event.delta) break;
    assert.equal(await closed, false);
    assert.equal(await lastEnd(), 'client-left');
});
