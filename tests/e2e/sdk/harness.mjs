// What the tests share: the proxy as a child, and what a client's fetch() sent and got.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const KEY = 'AIza-the-real-key'; // the proxy's own
export const WORD = 'any-word-of-the-client'; // what the tools have instead of it

// A test waits for what should happen; if it never does, this ends the test.
export const patience = { timeout: 30_000 };

// gemini-proxy on a free port where the options name none, in a home of its own: { url, log(), stop() }.
export function startProxy(...options) {
    return startProxyWithKey(options.includes('--demo') ? '' : KEY, ...options);
}

// The same with another key, or none, where '' is given: no keychain can be reached.
export async function startProxyWithKey(key, ...options) {
    const home = await mkdtemp(join(tmpdir(), 'gemini-desk-sdk-'));
    const port = options.includes('--port') ? [] : ['--port', '0'];
    const child = spawn(process.env.GEMINI_PROXY_PROGRAM, [...port, ...options], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
            ...process.env,
            HOME: home,
            XDG_CONFIG_HOME: home,
            XDG_DATA_HOME: home,
            DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
            GEMINI_API_KEY: key,
        },
    });
    let log = '';
    child.stderr.on('data', (bytes) => (log += bytes));
    const exited = once(child, 'exit');
    const [line] = await Promise.race([
        once(createInterface(child.stdout), 'line'),
        exited.then(() => assert.fail(`gemini-proxy did not start: ${log}`)),
    ]);
    return {
        url: line.replace('gemini-proxy listening on ', ''),
        log: () => log,
        async stop() {
            child.kill('SIGTERM');
            const [code] = await exited;
            await rm(home, { recursive: true });
            assert.equal(code, 0, log);
        },
    };
}

// From here on each fetch() of this process is kept: { method, url, headers, body, response, answer }.
export function watchFetch() {
    const calls = [];
    const fetch = globalThis.fetch;
    globalThis.fetch = async (url, init = {}) => {
        // Some clients hand over a Request, others an address and what belongs to it.
        const { method = 'GET', headers, body } = url instanceof Request ? url.clone() : init;
        const call = { method, url: new URL(url.url ?? url), headers: new Headers(headers) };
        call.body = body ? Buffer.from(await new Response(body).arrayBuffer()) : Buffer.alloc(0);
        calls.push(call);
        call.response = await fetch(url, init);
        if (call.response.ok) return call.response;
        call.answer = await call.response.text(); // an error's bytes, for the test and the client
        return new Response(call.answer, call.response);
    };
    return calls;
}

// The end of a test file: nothing secret is in the log.
export async function stopBoth(proxy, upstream) {
    await proxy.stop();
    await upstream.stop();
    assert.ok(!proxy.log().includes(KEY) && !proxy.log().includes(WORD), 'a credential is in the log');
}

// What arrived is what was sent, in order; `path`: what becomes of a path.
function assertRelayed(calls, requests, path = (sent) => sent) {
    assert.deepEqual(
        requests.map(({ method, target }) => `${method} ${target}`),
        calls.map(({ method, url }) => `${method} ${path(url.pathname)}${url.search}`),
    );
    for (const [index, { headers, body }] of calls.entries()) {
        assert.ok(requests[index].body.equals(body), `the body of request ${index} is not what was sent`);
        for (const name of ['content-type', 'x-goog-api-client', 'user-agent'])
            if (headers.has(name)) assert.equal(requests[index].headers[name], headers.get(name));
    }
}

// Checks, after each test, what it sent: it arrived as it was sent, and no answer's field holds the key. `path` as above.
export function checkRelayed(calls, upstream, path) {
    try {
        assertRelayed(calls, upstream.requests, path);
        for (const { response } of calls.filter((call) => call.response))
            assert.ok(![...response.headers.values()].join().includes(KEY));
    } finally {
        calls.length = 0;
        upstream.check();
    }
}

export async function collect(iterable) {
    const items = [];
    for await (const item of iterable) items.push(item);
    return items;
}

// Waits until the proxy has no stream open, which it says in its metrics.
export async function untilNoStream({ url }) {
    for (let open = NaN; open !== 0; ) {
        const metrics = await (await fetch(`${url}/metrics`)).text();
        open = Number(/^gemini_proxy_open_streams (\d+)$/m.exec(metrics)[1]);
    }
}

// The words of a message of Anthropic's.
export const textOf = ({ content }) => content.map(({ text }) => text ?? '').join('');

// A PNG of one pixel, in Base64.
export const picture =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
