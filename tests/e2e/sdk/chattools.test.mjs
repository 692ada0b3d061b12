// Chat completions with OpenAI's SDK through the proxy, to the demo. The SDK drops the signatures of calls, without
// which Gemini, and so the demo, takes no call back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { WORD, collect, patience, startProxy, watchFetch } from './harness.mjs';
import { Upstream, events, json } from './upstream.mjs';

const model = 'gemini-flash-latest';
const calls = watchFetch();
let proxy, openai;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    openai = new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0 });
});

after(() => proxy.stop());

const user = (content) => [{ role: 'user', content }];

function twoTools(seen) {
    const tool = (name, parameters, say) =>
        zodFunction({ name, parameters, function: (args) => (seen.push([name, args]), say(args)) });
    return [
        tool('light', z.object({ level: z.number() }), ({ level }) => `the light is at ${level}`),
        tool('clock', z.object({ zone: z.string() }), ({ zone }) => `noon in ${zone}`),
    ];
}

const loops = [
    ['one call', 'call light {"level":0.5}', [['light', { level: 0.5 }]], ['at 0.5']],
    [
        'two calls at once',
        'call light {"level":1} call clock {"zone":"Asia/東京"}',
        [['light', { level: 1 }], ['clock', { zone: 'Asia/東京' }]],
        ['at 1', 'Asia/東京'],
    ],
    [
        'one call after the other',
        'call light {"level":1} then call clock {"zone":"UTC"}',
        [['light', { level: 1 }], ['clock', { zone: 'UTC' }]],
        ['noon in UTC'],
    ],
];

for (const [name, prompt, expected, words] of loops) {
    for (const stream of [false, true])
        test(`the SDK's loop, ${name}, ${stream ? 'streamed' : 'whole'}`, patience, async () => {
            const seen = [];
            const asked = { model, messages: user(prompt), tools: twoTools(seen), stream };
            const text = await openai.chat.completions.runTools(asked).finalContent();
            assert.deepEqual(seen, expected);
            for (const word of words) assert.ok(text.includes(word), text);
        });
}

test('calls without their signatures get them back', patience, async () => {
    const tool = { type: 'function', function: { name: 'light', parameters: { type: 'object', properties: {} } } };
    const messages = user('call light {"level":1} call light {"level":0}');
    const { choices } = await openai.chat.completions.create({ model, messages, tools: [tool] });
    const made = choices[0].message.tool_calls.map(({ id, type, function: fn }) => ({ id, type, function: fn }));
    messages.push({ role: 'assistant', content: null, tool_calls: made });
    for (const { id } of made) messages.push({ role: 'tool', tool_call_id: id, content: `result of ${id}` });
    calls.length = 0;
    const { choices: last } = await openai.chat.completions.create({ model, messages, tools: [tool] });
    assert.ok(!calls[0].body.includes('thought_signature')); // what the proxy was sent
    for (const { id } of made) assert.ok(last[0].message.content.includes(`result of ${id}`));
});

test("Gemini's signature goes back with its call, and a stand-in where there is none", patience, async () => {
    const upstream = await new Upstream().start();
    const one = await startProxy('--upstream', upstream.url);
    try {
        const client = openai.withOptions({ baseURL: `${one.url}/v1` });
        const call = (id, level, more) => ({
            id,
            type: 'function',
            function: { name: 'light', arguments: JSON.stringify({ level }) },
            ...more,
        });
        const said = (message, finish_reason) => {
            const choices = [{ index: 0, message, finish_reason }];
            return json({ id: 'c1', object: 'chat.completion', created: 1760000000, model, choices });
        };
        const signed = { extra_content: { google: { thought_signature: 'c2lnbmF0dXJl' } } };
        const calling = { role: 'assistant', content: null, tool_calls: [call('f1', 1, signed), call('f2', 0)] };
        const done = said({ role: 'assistant', content: 'Done.' }, 'stop');
        const delta = { ...calling, tool_calls: calling.tool_calls.map((each, index) => ({ index, ...each })) };
        const chunk = (more) => ({
            ...{ id: 'c1', object: 'chat.completion.chunk', created: 1760000000, model },
            choices: [{ index: 0, ...more }],
        });
        const end = { delta: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' };
        const signatures = () =>
            JSON.parse(upstream.requests.at(-1).body)
                .messages.flatMap(({ tool_calls }) => tool_calls ?? [])
                .map(({ extra_content }) => extra_content?.google.thought_signature);
        upstream.next(said(calling, 'tool_calls'), done);
        const asked = { model, messages: user('Lights!'), tools: twoTools([]) };
        assert.equal(await client.chat.completions.runTools(asked).finalContent(), 'Done.');
        assert.deepEqual(signatures(), ['c2lnbmF0dXJl', undefined]);

        const streamed = (more) => events([chunk(more)], undefined, 'data: [DONE]\n\n');
        upstream.next(streamed({ delta, finish_reason: 'tool_calls' }), streamed(end));
        assert.equal(await client.chat.completions.runTools({ ...asked, stream: true }).finalContent(), 'Done.');
        assert.deepEqual(signatures(), ['c2lnbmF0dXJl', undefined]);

        upstream.next(done, done, done);
        const own = { role: 'assistant', content: null, tool_calls: [call('f1', 1), call('f2', 0)] };
        const ownResults = ['f1', 'f2'].map((tool_call_id) => ({ role: 'tool', tool_call_id, content: 'ok' }));
        await client.chat.completions.create({ model, messages: [...user('Lights!'), own, ...ownResults] });
        assert.deepEqual(signatures(), ['c2lnbmF0dXJl', undefined]);
        const foreign = { role: 'assistant', content: null, tool_calls: [call('f8', 1), call('f9', 0)] };
        const results = ['f8', 'f9'].map((tool_call_id) => ({ role: 'tool', tool_call_id, content: 'ok' }));
        const messages = [...user('Lights!'), foreign, ...results];
        await client.chat.completions.create({ model, messages });
        assert.deepEqual(signatures(), ['skip_thought_signature_validator', undefined]);
        await client.chat.completions.create({ model: 'gemini-2.5-flash', messages });
        assert.deepEqual(signatures(), [undefined, undefined]);
        upstream.check();
    } finally {
        await one.stop();
        await upstream.stop();
    }
});

test('structured output, whole and streamed', patience, async () => {
    const shape = z.object({ city: z.string(), sunny: z.boolean(), degrees: z.array(z.number()) });
    const made = { city: 'demo', sunny: true, degrees: [1] };
    const asked = { model, messages: user('Hi'), response_format: zodResponseFormat(shape, 'weather') };
    const { choices } = await openai.chat.completions.parse(asked);
    assert.deepEqual(choices[0].message.parsed, made);
    const final = await openai.chat.completions.stream(asked).finalChatCompletion();
    assert.deepEqual(final.choices[0].message.parsed, made);
});

test('models by the names that the tool knows', patience, async () => {
    const answer = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: user('Write a haiku') });
    assert.match(answer.choices[0].message.content, /The sea knows their names\./);
});

test('models, for a client without any sign of Gemini', patience, async () => {
    const models = await collect(openai.models.list());
    assert.ok(models.length > 2 && models.every(({ id, object }) => id && object === 'model'));
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    const { id } = await openai.models.retrieve('gemini-flash-latest');
    assert.match(id, /gemini-flash-latest$/);
});

for (const path of ['/v1', '/v1/', '/v1beta/openai', '/v1beta/openai/', '/openai/v1', '/openai/v1/'])
    test(`under ${path}`, patience, async () => {
        const client = openai.withOptions({ baseURL: proxy.url + path });
        const { choices } = await client.chat.completions.create({ model, messages: user('Write a haiku') });
        assert.match(choices[0].message.content, /The sea knows their names\./);
        const stream = client.chat.completions.stream({ model, messages: user('Write a haiku') });
        assert.equal((await stream.finalChatCompletion()).choices[0].message.content, choices[0].message.content);
        assert.ok((await collect(client.models.list())).length > 2);
        const seen = [];
        const asked = { model, messages: user('call light {"level":1}'), tools: twoTools(seen) };
        await client.chat.completions.runTools(asked).done();
        assert.deepEqual(seen, [['light', { level: 1 }]]);
    });
