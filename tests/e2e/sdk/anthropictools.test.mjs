// Tools with Anthropic's SDK through the proxy: its own loop to the demo, which takes no result that has no call and no
// call without its signature; and what exactly goes to Gemini.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { z } from 'zod';

import { WORD, patience, picture, startProxy, textOf, watchFetch } from './harness.mjs';
import { Upstream, answer, events, json } from './upstream.mjs';

const options = { model: 'claude-sonnet-5', max_tokens: 1024 };
const thinking = { type: 'enabled', budget_tokens: 1024 };
const user = (content) => ({ role: 'user', content });
const calls = watchFetch();
let proxy, anthropic;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    anthropic = new Anthropic({ apiKey: WORD, baseURL: proxy.url, maxRetries: 0 });
});

after(() => proxy.stop());

// Two tools that keep with what they were called.
function twoTools(seen) {
    const light = betaZodTool({
        name: 'light',
        description: 'Sets the light.',
        inputSchema: z.object({ level: z.number(), room: z.string().optional() }),
        run: (input) => (seen.push(['light', input]), `the light is at ${input.level}`),
    });
    const clock = betaZodTool({
        name: 'clock',
        description: 'Says the time.',
        inputSchema: z.object({ zone: z.string() }),
        run: (input) => (seen.push(['clock', input]), `noon in ${input.zone}`),
    });
    return [light, clock];
}

const plain = { name: 'light', description: 'Sets the light.', input_schema: { type: 'object', properties: {} } };
const loops = [
    ['one call', 'call light {"level":0.5}', [['light', { level: 0.5 }]], 1],
    [
        'two calls at once',
        'call light {"level":1,"room":"Küche"} call clock {"zone":"Asia/東京"}',
        [['light', { level: 1, room: 'Küche' }], ['clock', { zone: 'Asia/東京' }]],
        1,
    ],
    [
        'the same function twice at once',
        'call light {"level":1} call light {"level":0}',
        [['light', { level: 1 }], ['light', { level: 0 }]],
        1,
    ],
    [
        'one call after the other',
        'call light {"level":1} then call clock {"zone":"UTC"}',
        [['light', { level: 1 }], ['clock', { zone: 'UTC' }]],
        2,
    ],
];

for (const [name, prompt, expected, steps] of loops) {
    for (const more of [{}, { thinking }, { stream: true }, { stream: true, thinking }])
        test(`the SDK's loop, ${name}, with ${JSON.stringify(more)}`, patience, async () => {
            const seen = [];
            const messages = [user(prompt)];
            const runner = anthropic.beta.messages.toolRunner({ ...options, ...more, messages, tools: twoTools(seen) });
            const last = await runner;
            assert.deepEqual(seen, expected);
            assert.equal(last.stop_reason, 'end_turn');
            const results = seen.slice(-expected.length / steps).map(([, { level, zone }]) => zone ?? level);
            for (const result of results) assert.ok(textOf(last).includes(result), textOf(last));
            assert.equal(runner.params.messages.length, 2 + 2 * steps);
        });
}

test("the SDK's loop sends the whole conversation, as the proxy keeps none", patience, async () => {
    calls.length = 0;
    const messages = [user('call light {"level":1} then call clock {"zone":"UTC"}')];
    await anthropic.beta.messages.toolRunner({ ...options, messages, tools: twoTools([]) });
    const bodies = calls.map(({ body }) => JSON.parse(body));
    assert.deepEqual(bodies.at(-1).messages.length, 5);
    const taken = bodies.filter((_, index) => calls[index].response.ok);
    assert.ok(taken.every(({ thread, tools }) => !thread && tools.length === 2));
    assert.equal(taken.length, 3);
});

test('a thread, which the proxy does not keep, is refused in words that the SDK knows', patience, async () => {
    const thread = anthropic.beta.messages.thread(options);
    await assert.rejects(thread.send(user('Hi')), (thrown) => {
        assert.ok(thrown instanceof Anthropic.BadRequestError);
        assert.equal(thrown.errorCode, 'thread_unsupported_request');
        assert.match(thrown.message, /Send all messages/);
        return true;
    });
    const willing = anthropic.beta.messages.thread({ ...options, unsupportedRequestBehavior: 'continue_unthreaded' });
    await willing.send(user('Hi'));
    assert.match(textOf(await willing.send(user('And now?'))), /And now\?/);
});

test('a tool that comes within the conversation, and one that goes', patience, async () => {
    for (const [more, expected, messagesOfModel] of [
        [(runner, [, clock]) => runner.addTools(clock), ['light', 'clock', 'light'], 4],
        [(runner, [, clock]) => (runner.addTools(clock), runner.removeTools('clock')), ['light', 'light'], 3],
        [(runner) => runner.removeTools('light'), [], 2],
    ]) {
        const seen = [];
        const tools = twoTools(seen);
        const messages = [user('call light {"level":1} then call clock {"zone":"UTC"} then call light {"level":0}')];
        calls.length = 0;
        const runner = anthropic.beta.messages.toolRunner({ ...options, messages, tools: tools.slice(0, 1) });
        let steps = 0;
        for await (const message of runner) {
            if (++steps === 1) more(runner, tools);
            assert.ok(message.content.length > 0);
        }
        assert.deepEqual(seen.map(([name]) => name), expected);
        assert.equal(steps, messagesOfModel);
        const { tools: declared, messages: sent } = JSON.parse(calls.at(-1).body);
        assert.deepEqual(declared.map(({ name }) => name), ['light']);
        assert.ok(sent.some(({ role }) => role === 'system'));
    }
});

test('a picture in a result', patience, async () => {
    for (const model of ['gemini-3.1-pro-preview', 'gemini-2.5-flash']) {
        const asked = { ...options, model, tools: [plain], messages: [user('call light {}')] };
        const { content } = await anthropic.messages.create(asked);
        const { id } = content.find(({ type }) => type === 'tool_use');
        const source = { type: 'base64', media_type: 'image/png', data: picture };
        const result = [{ type: 'text', text: 'Here it is' }, { type: 'image', source }];
        const messages = [
            ...asked.messages,
            { role: 'assistant', content },
            user([{ type: 'tool_result', tool_use_id: id, content: result }]),
        ];
        const last = await anthropic.messages.create({ ...asked, messages });
        assert.match(textOf(last), /Here it is/);
        assert.match(textOf(last), /Pictures that came with it: 1\./);
    }
});

test('a tool that failed, and a choice of tools', patience, async () => {
    const asked = { ...options, tools: [plain], messages: [user('Hello')] };
    const none = await anthropic.messages.create({ ...asked, tool_choice: { type: 'none' } });
    assert.equal(none.stop_reason, 'end_turn');
    for (const tool_choice of [{ type: 'any' }, { type: 'tool', name: 'light' }]) {
        const { stop_reason, content } = await anthropic.messages.create({ ...asked, tool_choice });
        assert.equal(stop_reason, 'tool_use');
        const { id } = content.find(({ type }) => type === 'tool_use');
        const failed = { type: 'tool_result', tool_use_id: id, is_error: true, content: 'no lamp' };
        const messages = [...asked.messages, { role: 'assistant', content }, user([failed])];
        assert.match(textOf(await anthropic.messages.create({ ...asked, messages })), /"error":"no lamp"/);
    }
});

const called = [
    { text: 'I look.', thought: true },
    { functionCall: { id: 'c1', name: 'light', args: { level: 1 } }, thoughtSignature: 'c2lnbmF0dXJl' },
    { functionCall: { id: 'c2', name: 'light', args: { level: 0 } } },
];

for (const stream of [false, true])
    test(`a conversation goes on after a restart, ${stream ? 'streamed' : 'whole'}`, patience, async () => {
        const upstream = await new Upstream().start();
        try {
            const again = async (messages) => {
                const fresh = await startProxy('--upstream', upstream.url); // has forgotten all
                try {
                    const client = new Anthropic({ apiKey: WORD, baseURL: fresh.url, maxRetries: 0 });
                    const asked = { ...options, model: 'gemini-3-flash', thinking, tools: [plain], messages };
                    if (stream) return await client.messages.stream(asked).finalMessage();
                    return await client.messages.create(asked);
                } finally {
                    await fresh.stop();
                }
            };
            const said = (parts) => answer(parts, { finishReason: 'STOP' });
            const sends = (parts) => (stream ? events([said(parts)]) : json(said(parts)));
            upstream.next(sends(called), sends([{ text: 'Done.' }]));
            const messages = [user('Lights!')];
            const { content } = await again(messages);
            assert.deepEqual(content.map(({ type }) => type), ['thinking', 'tool_use', 'tool_use']);
            assert.equal(content[0].thinking, 'I look.');
            const results = content.slice(1).map(({ id }, index) => ({
                type: 'tool_result',
                tool_use_id: id,
                content: `result ${index}`,
            }));
            messages.push({ role: 'assistant', content }, user(results));
            assert.equal(textOf(await again(messages)), 'Done.');
            const [, model, last] = JSON.parse(upstream.requests[1].body).contents;
            assert.deepEqual(
                model.parts.map(({ functionCall, thoughtSignature }) => [functionCall.args, thoughtSignature]),
                [[{ level: 1 }, 'c2lnbmF0dXJl'], [{ level: 0 }, undefined]],
            );
            assert.deepEqual(
                last.parts.map(({ functionResponse }) => functionResponse.response),
                [{ output: 'result 0' }, { output: 'result 1' }],
            );
            upstream.check();
        } finally {
            await upstream.stop();
        }
    });
