// Both SDKs through the proxy to the built-in demo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { createPartFromUri, createUserContent, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

import { WORD, collect, patience, startProxy, untilNoStream } from './harness.mjs';

const model = 'gemini-flash-latest';
const messages = [{ role: 'user', content: 'Write a haiku' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { name: 'get_weather', description: 'The weather of a city.' };
let proxy, ai, openai;

before(async () => {
    proxy = await startProxy('--demo', '--demo-pace', '0');
    ai = new GoogleGenAI({ apiKey: WORD, httpOptions: { baseUrl: proxy.url } });
    openai = new OpenAI({ apiKey: WORD, baseURL: `${proxy.url}/v1`, maxRetries: 0 });
});

after(() => proxy.stop());

test('Google: generate', patience, async () => {
    const response = await ai.models.generateContent({ model, contents: 'Write a haiku' });
    assert.match(response.text, /The sea knows their names\./);
    assert.ok(response.usageMetadata.totalTokenCount > 0);
});

test('Google: stream', patience, async () => {
    const chunks = await collect(await ai.models.generateContentStream({ model, contents: 'Write a haiku' }));
    assert.ok(chunks.length > 10, `only ${chunks.length} pieces`);
    assert.match(chunks.map(({ text }) => text).join(''), /The sea knows their names\./);
    assert.equal(chunks.at(-1).candidates[0].finishReason, 'STOP');
});

test('Google: count tokens, embed, list models', patience, async () => {
    assert.ok((await ai.models.countTokens({ model, contents: 'One two three' })).totalTokens > 0);
    const { embeddings } = await ai.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] });
    assert.equal(embeddings.length, 2);
    assert.ok(embeddings.every(({ values }) => values.length && values.every(Number.isFinite)));
    const models = await collect(await ai.models.list({ config: { pageSize: 3 } }));
    assert.ok(models.some(({ name }) => name === `models/${model}`));
    assert.equal(new Set(models.map(({ name }) => name)).size, models.length);
});

test('Google: chat with thoughts', patience, async () => {
    const chat = ai.chats.create({ model: 'demo-thinking' });
    await chat.sendMessage({ message: 'Write a haiku' });
    const second = await chat.sendMessage({ message: 'Another one' });
    assert.ok(second.candidates[0].content.parts.some(({ thought }) => thought));
    assert.equal(chat.getHistory().filter(({ role }) => role === 'model').length, 2);
});

test('Google: function calling in two turns', patience, async () => {
    const tools = [{ functionDeclarations: [{ ...weather, parametersJsonSchema: parameters }] }];
    const contents = [createUserContent('What is the weather in Paris?')];
    const first = await ai.models.generateContent({ model, contents, config: { tools } });
    assert.deepEqual(first.functionCalls.map(({ name }) => name), ['get_weather']);
    const { id, name } = first.functionCalls[0];
    const functionResponse = { id, name, response: { sky: 'clear' } };
    contents.push(first.candidates[0].content, { role: 'user', parts: [{ functionResponse }] });
    const second = await ai.models.generateContent({ model, contents, config: { tools } });
    assert.match(second.text, /clear/);
});

// The SDK keeps each piece of the stream as a content of its own.
test('Google: two functions at once, in a streaming chat', patience, async () => {
    const tools = [{ functionDeclarations: [{ ...weather, parametersJsonSchema: parameters }] }];
    const chat = ai.chats.create({ model, config: { tools } });
    const message = 'call get_weather {"city":"Paris"} call get_weather {"city":"Ulm"}';
    const calls = (await collect(await chat.sendMessageStream({ message }))).flatMap((chunk) => chunk.functionCalls);
    assert.deepEqual(calls.map(({ args }) => args.city), ['Paris', 'Ulm']);
    assert.notEqual(calls[0].id, calls[1].id);
    const results = calls.map(({ id, name, args }) => ({ functionResponse: { id, name, response: args } }));
    const told = await collect(await chat.sendMessageStream({ message: results }));
    assert.match(told.map(({ text }) => text).join(''), /2 functions answered: .*Paris.*Ulm/s);
    const more = await collect(await chat.sendMessageStream({ message: 'call get_weather {"city":"Rome"}' }));
    assert.equal(more[0].functionCalls[0].args.city, 'Rome');
});

test('Google: upload a file and use it', patience, async () => {
    const file = new Blob(['A few notes.'], { type: 'text/plain' });
    const { name, uri, mimeType, sizeBytes } = await ai.files.upload({ file });
    assert.equal(Number(sizeBytes), 12);
    assert.equal((await ai.files.get({ name })).state, 'ACTIVE');
    const contents = createUserContent([createPartFromUri(uri, mimeType), 'What is in it?']);
    assert.ok((await ai.models.generateContent({ model, contents })).text);
    await ai.files.delete({ name });
    await assert.rejects(ai.files.get({ name }), { status: 403 }); // Gemini, too, says so of a file that is not there
});

test('Google: a 429, a blocked prompt', patience, async () => {
    await assert.rejects(ai.models.generateContent({ model: 'demo-quota', contents: 'Hi' }), { status: 429 });
    const blocked = await ai.models.generateContent({ model: 'demo-blocked', contents: 'Hi' });
    assert.ok(blocked.promptFeedback.blockReason);
    assert.equal(blocked.candidates, undefined);
});

test('Google: abort in mid stream', patience, async () => {
    const stop = new AbortController();
    const config = { abortSignal: stop.signal };
    await assert.rejects(async () => {
        const stream = await ai.models.generateContentStream({ model: 'demo-stall-after', contents: 'Hi', config });
        for await (const chunk of stream) if (chunk.text) stop.abort();
    }, /abort/i);
    await untilNoStream(proxy);
});

test('OpenAI: chat, and a stream with usage', patience, async () => {
    const answer = await openai.chat.completions.create({ model, messages });
    assert.match(answer.choices[0].message.content, /The sea knows their names\./);
    const options = { model, messages, stream: true, stream_options: { include_usage: true } };
    const chunks = await collect(await openai.chat.completions.create(options));
    assert.ok(chunks.length > 10, `only ${chunks.length} pieces`);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    assert.equal(text, answer.choices[0].message.content);
    assert.deepEqual(chunks.findLast(({ usage }) => usage).usage, answer.usage);
});

test('OpenAI: models and embeddings', patience, async () => {
    const models = await collect(openai.models.list());
    assert.ok(models.some(({ id }) => id === `models/${model}`));
    const { data } = await openai.embeddings.create({ model: 'gemini-embedding-001', input: ['a', 'b'] });
    assert.deepEqual(data.map(({ index }) => index), [0, 1]);
    assert.ok(data.every(({ embedding }) => embedding.length && embedding.every(Number.isFinite)));
});

test('OpenAI: function calling in two turns', patience, async () => {
    const tools = [{ type: 'function', function: { ...weather, parameters } }];
    const ask = [{ role: 'user', content: 'What is the weather in Paris?' }];
    const { message } = (await openai.chat.completions.create({ model, messages: ask, tools })).choices[0];
    assert.equal(message.tool_calls[0].function.name, 'get_weather');
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: '{"sky":"clear"}' };
    const turns = [...ask, message, result];
    const second = await openai.chat.completions.create({ model, messages: turns, tools });
    assert.match(second.choices[0].message.content, /clear/);
});

test('OpenAI: two functions at once, in a stream', patience, async () => {
    const tools = [{ type: 'function', function: { ...weather, parameters } }];
    const content = 'call get_weather {"city":"Paris"} call get_weather {"city":"Ulm"}';
    const ask = { role: 'user', content };
    const stream = openai.chat.completions.stream({ model, messages: [ask], tools });
    const { message } = (await stream.finalChatCompletion()).choices[0];
    const cities = message.tool_calls.map((call) => JSON.parse(call.function.arguments).city);
    assert.deepEqual(cities, ['Paris', 'Ulm']);
    const results = message.tool_calls.map(({ id }, i) => ({ role: 'tool', tool_call_id: id, content: cities[i] }));
    const second = await openai.chat.completions.create({ model, messages: [ask, message, ...results], tools });
    assert.match(second.choices[0].message.content, /2 functions answered: .*Paris.*Ulm/s);
});

test('OpenAI: a model that there is not', patience, async () => {
    const gone = openai.chat.completions.create({ model: 'demo-model-missing', messages });
    await assert.rejects(gone, OpenAI.NotFoundError);
});

// Interactions

const fn = { type: 'function', ...weather, parameters };
const steps = (interaction, type) => interaction.steps.filter((step) => step.type === type);

test('Interactions: whole, streamed and continued', patience, async () => {
    const first = await ai.interactions.create({ model, input: 'Write a haiku' });
    assert.match(first.output_text, /The sea knows their names\./);
    const more = { model, input: 'Another one', previous_interaction_id: first.id, stream: true };
    const events = await collect(await ai.interactions.create(more));
    assert.match(events.map(({ delta }) => delta?.text ?? '').join(''), /You asked: “Another one”/);
    const { status, usage } = events.at(-1).interaction;
    assert.equal(status, 'completed');
    assert.ok(usage.total_input_tokens > first.usage.total_input_tokens + first.usage.total_output_tokens);
    assert.deepEqual((await ai.interactions.get(events[0].interaction.id)).usage, usage);
});

test('Interactions: a function, with the memory here and there', patience, async () => {
    const asked = { model, input: 'Weather?', tools: [fn] };
    const first = await ai.interactions.create(asked);
    assert.equal(first.status, 'requires_action');
    const [{ id: call_id, name }] = steps(first, 'function_call');
    const result = { type: 'function_result', call_id, name, result: 'clear' };
    const there = await ai.interactions.create({ ...asked, input: [result], previous_interaction_id: first.id });
    assert.match(there.output_text, /clear/);
    const history = [{ type: 'user_input', content: [{ type: 'text', text: 'Weather?' }] }, ...first.steps, result];
    const here = await ai.interactions.create({ ...asked, input: history, store: false });
    assert.match(here.output_text, /clear/);
    await assert.rejects(ai.interactions.get(here.id), { status: 404 });
    const unsigned = history.filter(({ type }) => type !== 'thought');
    await assert.rejects(ai.interactions.create({ ...asked, input: unsigned, store: false }), { status: 400 });
});

test('Interactions: search, code, a picture, JSON', patience, async () => {
    const input = 'Hello';
    const searched = await ai.interactions.create({ model, input, tools: [{ type: 'google_search' }] });
    const { text, annotations } = steps(searched, 'model_output')[0].content[0];
    const [{ url, start_index, end_index }] = annotations;
    assert.equal(url, 'https://example.com/');
    assert.match(Buffer.from(text).subarray(start_index, end_index).toString(), /^The domain .*\.$/);
    const computed = await ai.interactions.create({ model, input, tools: [{ type: 'code_execution' }] });
    assert.equal(steps(computed, 'code_execution_result')[0].result, '55\n');
    const { output_image } = await ai.interactions.create({ model: 'gemini-2.5-flash-image', input });
    assert.equal(Buffer.from(output_image.data, 'base64').subarray(1, 4).toString(), 'PNG');
    const response_format = { type: 'text', mime_type: 'application/json', schema: parameters };
    const { output_text } = await ai.interactions.create({ model, input, response_format });
    assert.deepEqual(JSON.parse(output_text), { city: 'demo' });
});

test('Interactions: research with a plan, resumed, cancelled, deleted', patience, async () => {
    const agent = 'demo-deep-research';
    const agent_config = { type: 'deep-research', collaborative_planning: true };
    const ask = (more) => ai.interactions.create({ agent, input: 'What is example.com?', background: true, ...more });
    const ended = async ({ id }) => {
        let now;
        do now = await ai.interactions.get(id);
        while (now.status === 'in_progress');
        return now;
    };
    const plan = await ended(await ask({ agent_config }));
    assert.match(plan.output_text, /Shall I begin\?/);
    const begun = await collect(
        await ask({ agent_config, input: 'Yes', previous_interaction_id: plan.id, stream: true }),
    );
    assert.ok(begun.at(-1).interaction.usage.total_tokens > 1_000_000);
    const { id } = begun[0].interaction;
    const again = await collect(await ai.interactions.get(id, { stream: true, last_event_id: begun[9].event_id }));
    assert.deepEqual(again, begun.slice(10));
    await assert.rejects(ai.interactions.cancel(id), { status: 400 }); // it has ended
    await ai.interactions.delete(id);
    await assert.rejects(ai.interactions.get(id), { status: 404 });
});

test('Interactions: a function in a stream, and nothing stored', patience, async () => {
    const options = { model, tools: [fn], store: false, stream: true };
    const ask = async (input) => collect(await ai.interactions.create({ ...options, input }));
    const history = [{ type: 'user_input', content: [{ type: 'text', text: 'Weather?' }] }];
    const first = await ask(history);
    const made = [];
    let args = '';
    for (const { event_type, index, step, delta } of first) {
        if (event_type === 'step.start') made[index] = step;
        if (delta?.type === 'thought_signature') made[index].signature = delta.signature;
        if (delta?.type === 'arguments_delta') args += delta.arguments;
    }
    const { id, status } = first.at(-1).interaction;
    assert.equal(status, 'requires_action');
    const called = made.find(({ type }) => type === 'function_call');
    called.arguments = JSON.parse(args);
    assert.deepEqual(Object.keys(called.arguments), parameters.required);
    const result = { type: 'function_result', call_id: called.id, name: called.name, result: 'clear' };
    const second = await ask([...history, ...made, result]);
    assert.match(second.map(({ delta }) => delta?.text ?? '').join(''), /clear/);
    const later = ai.interactions.create({ model, input: [result], tools: [fn], previous_interaction_id: id });
    await assert.rejects(later, { status: 404 });
});

test('Interactions: an agent is cancelled while it works, and all who watch are told', patience, async () => {
    const slow = await startProxy('--demo'); // its agent works for 20 seconds
    try {
        const { interactions } = new GoogleGenAI({ apiKey: WORD, httpOptions: { baseUrl: slow.url } });
        const asked = { agent: 'demo-deep-research', input: 'What is example.com?', background: true };
        const { id, status } = await interactions.create(asked);
        assert.equal(status, 'in_progress');
        const watched = await interactions.get(id, { stream: true });
        const reader = watched[Symbol.asyncIterator]();
        assert.equal((await reader.next()).value.event_type, 'interaction.created');
        assert.equal((await interactions.cancel(id)).status, 'cancelled');
        let last;
        for (let now = await reader.next(); !now.done; now = await reader.next()) last = now.value;
        assert.equal(last.interaction.status, 'cancelled');
        assert.equal((await interactions.get(id)).status, 'cancelled');
    } finally {
        await slow.stop();
    }
});

test('Interactions: quotas, faults and wrong requests', patience, async () => {
    const asked = { model, input: 'Hello' };
    for (const [wrong, status, word] of [
        [{ model: 'demo-quota' }, 429, 'RESOURCE_EXHAUSTED'],
        [{ model: 'demo-model-missing' }, 404, 'NOT_FOUND'],
        [{ model: 'demo-error-mid' }, 504, 'DEADLINE_EXCEEDED'],
        [{ background: true, store: false }, 400, 'INVALID_ARGUMENT'],
    ])
        await assert.rejects(ai.interactions.create({ ...asked, ...wrong }, { maxRetries: 0 }), (thrown) => {
            assert.equal(thrown.status, status);
            assert.equal(thrown.error.error.status, word);
            return true;
        });
    const events = await collect(await ai.interactions.create({ ...asked, model: 'demo-error-mid', stream: true }));
    assert.equal(events.at(-1).event_type, 'error');
});
