// Anthropic's SDK through the proxy, to the demo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';

import { WORD, collect, patience, startProxy, textOf, untilNoStream } from './harness.mjs';

const ask = { model: 'claude-sonnet-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Write a haiku' }] };
const thinking = { type: 'enabled', budget_tokens: 1024 };
const haiku = /The sea knows their names\./;
let proxy, anthropic;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    anthropic = new Anthropic({ apiKey: WORD, baseURL: proxy.url, maxRetries: 0 });
});

after(() => proxy.stop());

test('whole', patience, async () => {
    const { type, role, model, content, stop_reason, usage } = await anthropic.messages.create(ask);
    assert.deepEqual([type, role, model, stop_reason], ['message', 'assistant', ask.model, 'end_turn']);
    assert.deepEqual(content.map((block) => block.type), ['text']);
    assert.match(content[0].text, haiku);
    assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
});

test('streamed: the events in their order', patience, async () => {
    const whole = await anthropic.messages.create(ask);
    const events = await collect(await anthropic.messages.create({ ...ask, stream: true }));
    const order = events.map(({ type }) => type);
    assert.deepEqual(order.slice(0, 2), ['message_start', 'content_block_start']);
    assert.deepEqual(order.slice(-3), ['content_block_stop', 'message_delta', 'message_stop']);
    const deltas = events.filter(({ type }) => type === 'content_block_delta').map(({ delta }) => delta.text);
    assert.ok(deltas.length > 10, `only ${deltas.length} pieces`);
    assert.equal(deltas.join(''), whole.content[0].text);
    assert.deepEqual(events.at(-2).usage.output_tokens, whole.usage.output_tokens);
});

test('streamed: what the SDK adds up is what a whole answer says', patience, async () => {
    const { id, ...whole } = await anthropic.messages.create(ask);
    const stream = anthropic.messages.stream(ask);
    const seen = [];
    stream.on('text', (piece, all) => seen.push([piece, all.length]));
    const { id: other, ...final } = await stream.finalMessage();
    assert.notEqual(id, other);
    assert.deepEqual(JSON.parse(JSON.stringify(final.content)), whole.content);
    assert.deepEqual([final.model, final.stop_reason, final.role], [whole.model, whole.stop_reason, whole.role]);
    assert.deepEqual(final.usage, whole.usage);
    assert.equal(seen.map(([piece]) => piece).join(''), textOf(whole));
    assert.equal(seen.at(-1)[1], textOf(whole).length);
});

test('thoughts, whole and streamed, and sent back', patience, async () => {
    const whole = await anthropic.messages.create({ ...ask, thinking });
    assert.deepEqual(whole.content.map(({ type }) => type), ['thinking', 'text']);
    assert.ok(whole.content[0].thinking && whole.content[0].signature);
    const stream = anthropic.messages.stream({ ...ask, thinking });
    let thoughts = '';
    stream.on('thinking', (piece) => (thoughts += piece));
    const streamed = await stream.finalMessage();
    assert.equal(thoughts, whole.content[0].thinking);
    assert.deepEqual(JSON.parse(JSON.stringify(streamed.content)), whole.content);

    const { content } = streamed;
    const messages = [...ask.messages, { role: 'assistant', content }, { role: 'user', content: 'Another one' }];
    assert.match(textOf(await anthropic.messages.create({ ...ask, thinking, messages })), /Another one/);
});

test('no thoughts are shown where none are asked for', patience, async () => {
    const { content } = await anthropic.messages.create({ ...ask, model: 'demo-thinking' });
    assert.deepEqual(content.map(({ type }) => type), ['text']);
});

test('structured output, by zod and by a JSON schema, whole and streamed', patience, async () => {
    const shape = z.object({ city: z.string().min(1), sunny: z.boolean(), degrees: z.array(z.number().int()).min(1) });
    const made = { city: 'demo', sunny: true, degrees: [1] };
    const format = zodOutputFormat(shape);
    const parsed = await anthropic.messages.parse({ ...ask, output_config: { format } });
    assert.deepEqual(parsed.parsed_output, made);
    const final = await anthropic.messages.stream({ ...ask, output_config: { format } }).finalMessage();
    assert.deepEqual(final.parsed_output, made);
    const properties = { name: { type: 'string' }, kind: { enum: ['a', 'b'] } };
    const schema = { type: 'object', properties, required: ['name', 'kind'], additionalProperties: false };
    const byJson = { ...ask, output_config: { format: jsonSchemaOutputFormat(schema) } };
    assert.deepEqual((await anthropic.messages.parse(byJson)).parsed_output, { name: 'demo', kind: 'a' });
});

test('system, sampling and stops are taken', patience, async () => {
    const more = { system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }], top_k: 5 };
    const answer = await anthropic.messages.create({ ...ask, ...more, temperature: 0.5, stop_sequences: ['END'] });
    assert.match(textOf(answer), haiku);
});

test('an answer at its limit of tokens, and a refusal', patience, async () => {
    const short = await anthropic.messages.create({ ...ask, model: 'demo-max-tokens' });
    assert.equal(short.stop_reason, 'max_tokens');
    const refused = await anthropic.messages.create({ ...ask, model: 'demo-blocked' });
    assert.equal(refused.stop_reason, 'refusal');
});

test('tokens are counted', patience, async () => {
    const { max_tokens, ...counted } = ask;
    const few = await anthropic.messages.countTokens(counted);
    assert.ok(few.input_tokens > 0);
    const more = { ...counted, messages: [{ role: 'user', content: 'Write a haiku. '.repeat(50) }] };
    assert.ok((await anthropic.messages.countTokens(more)).input_tokens > few.input_tokens);
    assert.ok((await anthropic.beta.messages.countTokens(counted)).input_tokens > 0);
});

test('models: the list ends, and each can be looked up', patience, async () => {
    const models = await collect(anthropic.models.list({ limit: 2 }));
    assert.ok(models.length > 2 && models.every(({ type, display_name }) => type === 'model' && display_name));
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    assert.ok(models.some(({ id }) => id === 'gemini-flash-latest'));
    for (const id of ['gemini-flash-latest', ask.model]) {
        const model = await anthropic.models.retrieve(id);
        assert.deepEqual([model.type, model.id, model.display_name], ['model', id, 'Gemini Flash (demo)']);
    }
    await assert.rejects(anthropic.models.retrieve('gemini-9'), Anthropic.NotFoundError);
});

test('abort in mid stream ends the request to Gemini', patience, async () => {
    const stream = anthropic.messages.stream({ ...ask, model: 'demo-stall-after' });
    stream.on('text', () => stream.abort());
    await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
    await untilNoStream(proxy);
});
