// What the agents' tests share: an agent's run in a home of its own, and what the proxy says it was asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export { WORD, startProxy } from '../sdk/harness.mjs';

// Where npm has put the agents.
export const installed = (...path) => join(process.env.AGENTS, ...path);

// Where npm has put what of an agent is made for this machine. The agent's own scripts, which look for it when it is
// installed, do not run.
export const native = (name, ...path) => installed(`${name}-${process.platform}-${process.arch}`, ...path);

// The files that an agent is to read
export const notes = {
    'notes.txt': 'The heron waits at the third weir.',
    'more.txt': 'Seven lanterns hang in the barn.',
};
// A grey square as PNG
const picture =
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFElEQVR4nGM4QSJgGNUwqmH4agAA+NpYH65gHiQAAAAASUVORK5CYII=';
const longest = 120_000; // of one run, in ms
const running = new Set();

process.on('exit', () => running.forEach(endGroup));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// An agent may leave children behind; all of them are in its process group.
function endGroup(group) {
    running.delete(group);
    try {
        process.kill(-group, 'SIGKILL');
    } catch (gone) {
        assert.equal(gone.code, 'ESRCH');
    }
}

// A home with a folder to work in, which holds the notes and a picture: { path, file(name), write(name, content),
// remove() }.
export async function makeHome() {
    const path = await mkdtemp(join(tmpdir(), 'gemini-desk-agent-'));
    const home = {
        path,
        file: (name) => join(path, 'work', name),
        async write(name, content) {
            const whole = join(path, name);
            await mkdir(join(whole, '..'), { recursive: true });
            await writeFile(whole, typeof content === 'object' ? JSON.stringify(content, null, 2) : content);
        },
        remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
    };
    for (const [name, content] of Object.entries(notes)) await home.write(`work/${name}`, `${content}\n`);
    await mkdir(join(path, 'tmp'));
    await writeFile(home.file('picture.png'), Buffer.from(picture, 'base64'));
    return home;
}

// Nothing of the user's gets into an agent, and whatever it asks of other machines fails at once.
const environment = (home) => ({
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home.path,
    TMPDIR: join(home.path, 'tmp'),
    XDG_CONFIG_HOME: join(home.path, '.config'),
    XDG_DATA_HOME: join(home.path, '.local/share'),
    XDG_STATE_HOME: join(home.path, '.local/state'),
    XDG_CACHE_HOME: join(home.path, '.cache'),
    HTTP_PROXY: 'http://127.0.0.1:1',
    HTTPS_PROXY: 'http://127.0.0.1:1',
    NO_PROXY: '127.0.0.1,localhost',
});

const tail = (name, said) => `--- the end of its ${name}:\n${said.slice(-3_000)}\n`;

// Runs a program to its end, `input` on its standard input: { code, out, err, shown }, where `shown` is all that a user
// sees of it, for messages too. One that does not end is killed and fails the test.
export async function run(home, { program, args, env = {}, input }) {
    const child = spawn(program, args, {
        cwd: home.file(''),
        env: { ...environment(home), ...env },
        detached: true, // a process group of its own
    });
    await once(child, 'spawn');
    running.add(child.pid);
    let late = false;
    const alarm = setTimeout(() => {
        late = true;
        endGroup(child.pid);
    }, longest);
    child.stdin.on('error', () => {}); // it may end without reading it
    child.stdin.end(input);
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await once(child, 'exit');
    clearTimeout(alarm);
    endGroup(child.pid);
    const [out, err] = await said;
    const shown = `${tail('standard output', out)}${tail('standard error', err)}`;
    assert.ok(!late, `${program} did not end within ${longest / 1_000} s and was killed.\n${shown}`);
    return { code, out, err, shown };
}

// What the proxy counts from its start on: { answered: { STATUS: requests }, input: tokens }, refused ones included.
export async function counted(proxy, token = '') {
    const response = await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.status, 200);
    const figures = { answered: {}, input: 0 };
    for (const [, name, labels, value] of (await response.text()).matchAll(/^(\w+)\{(.*)\} (\d+)$/gm)) {
        if (/^gemini_proxy_(refused_)?requests_total$/.test(name)) {
            const status = /http_response_status_code="(\d+)"/.exec(labels)[1];
            figures.answered[status] = (figures.answered[status] ?? 0) + Number(value);
        }
        if (name === 'gemini_proxy_tokens_total' && labels.includes('"input"')) figures.input += Number(value);
    }
    return figures;
}
