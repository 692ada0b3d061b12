// Responses with OpenAI's SDK through the proxy: to the demo, and what exactly goes to Gemini.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import OpenAI from 'openai';
import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { WORD, collect, patience, picture, startProxy, untilNoStream } from './harness.mjs';
import { Upstream, answer, json } from './upstream.mjs';

const model = 'gpt-5.1';
const input = 'Write a haiku';
const haiku = /The sea knows their names\./;
const parameters = { type: 'object', properties: { level: { type: 'number' } }, required: ['level'] };
const light = { type: 'function', name: 'light', description: 'Sets the light.', parameters, strict: false };
const patch = { type: 'custom', name: 'patch', description: 'Changes a file.' };
let proxy, openai;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    openai = new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0 });
});

after(() => proxy.stop());

// The words of a response. The SDK's own `output_text` is missing where it has put a stream together.
const textIn = ({ output }) =>
    output.flatMap(({ type, content }) => (type === 'message' ? content : [])).map(({ text }) => text).join('');
const types = ({ output }) => output.map(({ type }) => type);
const ofType = ({ output }, type) => output.filter((item) => item.type === type);
const result = ({ call_id }, output) => ({ type: 'function_call_output', call_id, output });

test('whole', patience, async () => {
    const response = await openai.responses.create({ model, input, instructions: 'Be brief.' });
    assert.deepEqual([response.object, response.status, response.model], ['response', 'completed', model]);
    assert.match(response.output_text, haiku);
    assert.deepEqual(types(response), ['message']);
    const { input_tokens, output_tokens, total_tokens } = response.usage;
    assert.ok(input_tokens > 0 && output_tokens > 0);
    assert.equal(total_tokens, input_tokens + output_tokens);
});

test('streamed: the events in their order', patience, async () => {
    const whole = await openai.responses.create({ model, input });
    const events = await collect(await openai.responses.create({ model, input, stream: true }));
    const order = events.map(({ type }) => type.replace('response.', ''));
    assert.deepEqual(order.slice(0, 4), ['created', 'in_progress', 'output_item.added', 'content_part.added']);
    const end = ['output_text.done', 'content_part.done', 'output_item.done', 'completed'];
    assert.deepEqual(order.slice(-4), end);
    assert.deepEqual(events.map(({ sequence_number }) => sequence_number), [...events.keys()]);
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
    assert.ok(deltas.length > 10, `only ${deltas.length} pieces`);
    assert.equal(deltas.map(({ delta }) => delta).join(''), whole.output_text);
    assert.deepEqual(events.at(-1).response.usage, whole.usage);
});

test('streamed: what the SDK adds up is what a whole response says', patience, async () => {
    const whole = await openai.responses.create({ model, input });
    const stream = openai.responses.stream({ model, input });
    let text = '';
    let snapshot = '';
    stream.on('response.output_text.delta', (event) => {
        text += event.delta;
        snapshot = event.snapshot;
    });
    const final = await stream.finalResponse();
    assert.equal(textIn(final), whole.output_text);
    assert.deepEqual([text, snapshot], [whole.output_text, whole.output_text]);
    assert.deepEqual(final.usage, whole.usage);
    assert.equal(final.status, 'completed');
});

test('a summary of the reasoning, whole and streamed', patience, async () => {
    const asked = { model, input, reasoning: { effort: 'low', summary: 'auto' } };
    const whole = await openai.responses.create(asked);
    assert.deepEqual(types(whole), ['reasoning', 'message']);
    const thoughts = whole.output[0].summary[0].text;
    assert.ok(thoughts);
    const stream = openai.responses.stream(asked);
    let seen = '';
    stream.on('response.reasoning_summary_text.delta', ({ delta }) => (seen += delta));
    const final = await stream.finalResponse();
    assert.equal(seen, thoughts);
    assert.equal(final.output[0].summary[0].text, thoughts);
    assert.deepEqual(types(await openai.responses.create({ model: 'demo-thinking', input })), ['message']);
});

test('structured output, by zod and by a JSON schema, whole and streamed', patience, async () => {
    const shape = z.object({ city: z.string(), sunny: z.boolean(), degrees: z.array(z.number()) });
    const made = { city: 'demo', sunny: true, degrees: [1] };
    const asked = { model, input, text: { format: zodTextFormat(shape, 'weather') } };
    assert.deepEqual((await openai.responses.parse(asked)).output_parsed, made);
    assert.deepEqual((await openai.responses.stream(asked).finalResponse()).output_parsed, made);
    const schema = { type: 'object', properties: { kind: { enum: ['a', 'b'] } }, required: ['kind'] };
    const format = { type: 'json_schema', name: 'kinds', strict: true, schema };
    const { output_text } = await openai.responses.create({ model, input, text: { format } });
    assert.deepEqual(JSON.parse(output_text), { kind: 'a' });
});

// Asks until no function is called any more; `send` gets the items and returns the response.
async function loop(send, prompt, call = ({ arguments: text }) => `got ${text}`) {
    const items = [{ role: 'user', content: prompt }];
    const made = [];
    for (;;) {
        const response = await send(items);
        const called = response.output.filter(({ type }) => type.endsWith('_call'));
        if (called.length === 0) return { made, response, items };
        made.push(called);
        const results = called.map((each) => ({ ...result(each, call(each)), type: `${each.type}_output` }));
        items.push(...response.output, ...results);
    }
}

for (const stream of [false, true])
    test(`tools, with the memory at the client, ${stream ? 'streamed' : 'whole'}`, patience, async () => {
        const asked = { model, tools: [light, patch], store: false, include: ['reasoning.encrypted_content'] };
        const send = (items) => {
            const more = { ...asked, input: items };
            return stream ? openai.responses.stream(more).finalResponse() : openai.responses.create(more);
        };
        const prompt = 'call light {"level":1} call light {"level":0} then call light {"level":0.5}';
        const { made, response, items } = await loop(send, prompt);
        const levels = made.map((calls) => calls.map((call) => JSON.parse(call.arguments).level));
        assert.deepEqual(levels, [[1, 0], [0.5]]);
        const reasoning = items.filter(({ type }) => type === 'reasoning');
        assert.equal(reasoning.length, 2);
        assert.ok(reasoning.every(({ encrypted_content }) => encrypted_content));
            assert.match(textIn(response), /got.*level.*0\.5/);
    });

test('tools, with the memory at the proxy', patience, async () => {
    const asked = { model, tools: [light] };
    const first = await openai.responses.create({ ...asked, input: 'call light {"level":1} call light {"level":0}' });
    const calls = ofType(first, 'function_call');
    assert.equal(calls.length, 2);
    const results = calls.map((call, index) => result(call, `result ${index}`));
    const second = await openai.responses.create({ ...asked, input: results, previous_response_id: first.id });
    assert.match(second.output_text, /result 0[^]*result 1/);
    const stream = openai.responses.stream({ ...asked, input: 'Thanks', previous_response_id: second.id });
    const third = await stream.finalResponse();
    assert.ok(third.usage.input_tokens > second.usage.input_tokens);
    const kept = { ...asked, input: 'And?', previous_response_id: third.id, store: false };
    const last = await openai.responses.create(kept);
    const gone = openai.responses.create({ ...asked, input: 'And?', previous_response_id: last.id });
    await assert.rejects(gone, (thrown) => {
        assert.ok(thrown instanceof OpenAI.BadRequestError);
        assert.match(thrown.message, /is not kept here/);
        return true;
    });
});

test('an item that the proxy keeps is named by its ID alone', patience, async () => {
    const asked = { model, tools: [light] };
    const first = await openai.responses.create({ ...asked, input: 'call light {"level":1}' });
    const [call] = ofType(first, 'function_call');
    const items = [{ role: 'user', content: 'call light {"level":1}' }, { type: 'item_reference', id: call.id }];
    const second = await openai.responses.create({ ...asked, input: [...items, result(call, 'a result')] });
    assert.match(second.output_text, /The function answered: .*a result/);
    const thought = { type: 'item_reference', id: 'rs_forgotten' }; // which Gemini would not get anyway
    const third = await openai.responses.create({ ...asked, input: [...items, thought, result(call, 'another')] });
    assert.match(third.output_text, /The function answered: .*another/);
    const unknown = openai.responses.create({ ...asked, input: [...items, { id: 'msg_unknown' }] });
    await assert.rejects(unknown, /400 input: the item msg_unknown is not kept here/);
});

test('a tool that takes a text of its own form', patience, async () => {
    const text = '*** Begin\n"quoted" \\ 東京';
    for (const stream of [false, true]) {
        const send = (items) => {
            const asked = { model, tools: [light, patch], store: false, input: items };
            return stream ? openai.responses.stream(asked).finalResponse() : openai.responses.create(asked);
        };
        const prompt = `call patch ${JSON.stringify({ input: text })}`;
        const { made, response } = await loop(send, prompt, (call) => `patched ${call.input.length}`);
        assert.deepEqual(made.map(([{ type, name, input: given }]) => [type, name, given]), [
            ['custom_tool_call', 'patch', text],
        ]);
        assert.ok(textIn(response).includes(`patched ${text.length}`));
    }
});

test('a tool by zod, with arguments that follow it', patience, async () => {
    const tool = zodResponsesFunction({ name: 'light', parameters: z.object({ level: z.number() }) });
    const parsed = await openai.responses.parse({ model, input: 'call light {"level":0.25}', tools: [tool] });
    assert.equal(ofType(parsed, 'function_call')[0].arguments, '{"level":0.25}');
});

test('a picture in the input and in the result of a tool', patience, async () => {
    const image = { type: 'input_image', image_url: `data:image/png;base64,${picture}`, detail: 'auto' };
    const content = [{ type: 'input_text', text: 'call light {"level":1}' }, image];
    const asked = { model, tools: [light] };
    const first = await openai.responses.create({ ...asked, input: [{ role: 'user', content }] });
    const [call] = ofType(first, 'function_call');
    const more = { ...asked, previous_response_id: first.id, input: [result(call, [image])] };
    assert.match((await openai.responses.create(more)).output_text, /Pictures that came with it: 1\./);
});

test('an answer at its limit of tokens, and a refusal', patience, async () => {
    const short = await openai.responses.create({ model: 'demo-max-tokens', input });
    assert.equal(short.status, 'incomplete');
    assert.equal(short.incomplete_details.reason, 'max_output_tokens');
    const events = await collect(await openai.responses.create({ model: 'demo-max-tokens', input, stream: true }));
    assert.equal(events.at(-1).type, 'response.incomplete');
    assert.deepEqual(events.at(-1).response.incomplete_details, short.incomplete_details);
    const refused = await openai.responses.create({ model: 'demo-blocked', input });
    assert.match(refused.output_text, /SAFETY/);
});

test('what is not kept here is refused', patience, async () => {
    for (const more of [{ background: true }, { conversation: 'conv_1' }, { prompt: { id: 'pmpt_1' } }])
        await assert.rejects(openai.responses.create({ model, input, ...more }), OpenAI.BadRequestError);
    await assert.rejects(openai.responses.retrieve('resp_1'), OpenAI.APIError);
});

test('abort in mid stream ends the request to Gemini', patience, async () => {
    const stream = openai.responses.stream({ model: 'demo-stall-after', input });
    stream.on('response.output_text.delta', () => stream.abort());
    await assert.rejects(stream.finalResponse(), OpenAI.APIUserAbortError);
    await untilNoStream(proxy);
});

test('a conversation goes on after a restart', patience, async () => {
    const upstream = await new Upstream().start();
    try {
        const again = async (items) => {
            const fresh = await startProxy('--upstream', upstream.url); // has forgotten all
            try {
                const client = new OpenAI({ apiKey: WORD, baseURL: `${fresh.url}/v1`, maxRetries: 0 });
                const include = ['reasoning.encrypted_content'];
                const asked = { model: 'gemini-3-flash', tools: [light], store: false, include, input: items };
                return await client.responses.create(asked);
            } finally {
                await fresh.stop();
            }
        };
        const call = (id, level) => ({ functionCall: { id, name: 'light', args: { level } } });
        const said = (parts) => json(answer(parts, { finishReason: 'STOP' }));
        const signed = { ...call('c1', 1), thoughtSignature: 'c2lnbmF0dXJl' };
        upstream.next(said([signed, call('c2', 0)]), said([{ text: 'Done.' }]));
        const { response } = await loop(again, 'Lights!');
        assert.equal(response.output_text, 'Done.');
        const [, { parts }] = JSON.parse(upstream.requests[1].body).contents;
        assert.deepEqual(
            parts.map(({ functionCall, thoughtSignature }) => [functionCall.args, thoughtSignature]),
            [[{ level: 1 }, 'c2lnbmF0dXJl'], [{ level: 0 }, undefined]],
        );
        upstream.check();
    } finally {
        await upstream.stop();
    }
});
