// What every agent must do, against the proxy's own demo.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';

import { WORD, counted, makeHome, notes, run, startProxy } from './harness.mjs';

const patience = { timeout: 400_000 }; // the harness ends each run long before
const demo = ['--demo', '--demo-pace', '0'];
const model = 'gemini-flash-latest';
// What the proxy says, of its own or for Gemini, and what makes it do so. Anthropic's API has its own status for an
// overload.
const troubles = [
    { status: 429, words: /You exceeded your current quota/, asked: { model: 'demo-quota' } },
    { status: 503, anthropic: 529, words: /The model is overloaded/, asked: { model: 'demo-unavailable' } },
    { status: 401, words: /The token is not known here/, token: 'another-word' },
];

// Registers the tests of an agent.
// command({ home, url, key, model, prompt, again, image, hurry }) writes the agent's settings and gives what run()
//     takes. `again`: it goes on with the conversation before; `image`: a file to attach; `hurry`: it loads hurry.mjs.
// read(path): the words that make the demo call the agent's tool that reads this file
// attaches: whether it takes `image`; else its tool that reads files is to read it
// tries: how often it asks at most before it gives up, where it is told to do so as seldom as can be
// words: { STATUS: what it shows }, where it does not show what the proxy says
export function testAgent(name, { command, read, attaches = false, tries, words: own = {} }) {
    suite(name, patience, () => {
        let home, proxy;

        // A proxy a test, so that its figures are the test's.
        beforeEach(async () => {
            home = await makeHome();
            proxy = await startProxy(...demo);
        });
        afterEach(async () => {
            await proxy.stop();
            await home.remove();
        });

        const ask = async (prompt, more) =>
            run(home, await command({ home, url: proxy.url, key: WORD, model, prompt, ...more }));
        const shows = ({ out, err, shown }, words) =>
            assert.ok(words.test(out + err), `${words} is not shown.\n${shown}`);
        // Asks, and checks that the agent is content and answers these words.
        const answers = async (prompt, words, more) => {
            const ran = await ask(prompt, more);
            assert.equal(ran.code, 0, ran.shown);
            for (const expected of words)
                assert.ok(ran.out.includes(expected), `“${expected}” is missing.\n${ran.shown}`);
        };
        const answered = async () => (await counted(proxy)).answered;

        test('a question', patience, async () => {
            await answers('Write a haiku', ['The sea knows their names.']);
            assert.deepEqual(await answered(), { 200: 1 });
        });

        test('a tool', patience, async () => {
            await answers(read(home.file('notes.txt')), [notes['notes.txt']]);
            assert.deepEqual(await answered(), { 200: 2 });
        });

        test('two tools at once', patience, async () => {
            const prompt = Object.keys(notes).map((file) => read(home.file(file)));
            await answers(prompt.join('\n'), Object.values(notes));
            assert.deepEqual(await answered(), { 200: 2 }); // one after the other would have been three
        });

        test('a picture', patience, async () => {
            const image = home.file('picture.png');
            const ran = attaches ? await ask('What is it?', { image }) : await ask(read(image));
            shows(ran, /Pictures that came with it: 1\./);
        });

        for (const { status, anthropic, words, asked, token } of troubles)
            test(`a ${status} is shown`, patience, async () => {
                if (token) {
                    await proxy.stop();
                    proxy = await startProxy(...demo, '--token', token);
                }
                const ran = await ask('Write a haiku', { hurry: true, ...asked });
                shows(ran, own[status] ?? words);
                const { answered } = await counted(proxy, token);
                const [said, ...others] = Object.keys(answered);
                assert.ok([status, anthropic].includes(Number(said)), `it was answered by ${said}`);
                assert.deepEqual(others, []);
                assert.ok(answered[said] <= tries, `it asked ${answered[said]} times`);
            });

        // The proxy has forgotten what the conversation's tools were called with; the agent has not.
        test('a conversation goes on after the proxy was started anew', patience, async () => {
            await answers(read(home.file('notes.txt')), [notes['notes.txt']]);
            const before = await counted(proxy);
            const { port } = new URL(proxy.url);
            await proxy.stop();
            proxy = await startProxy(...demo, '--port', port);
            await answers(read(home.file('more.txt')), [notes['more.txt']], { again: true });
            const after = await counted(proxy);
            assert.deepEqual(after.answered, { 200: 2 });
            assert.ok(after.input > before.input, 'what was said before is missing');
        });
    });
}
