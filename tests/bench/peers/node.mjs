// This is what one would write in an afternoon with Node's own http module: it pipes the bodies in both directions.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const upstream = new URL(process.env.UPSTREAM);
const secure = upstream.protocol === 'https:';
const agent = new (secure ? https : http).Agent({
    keepAlive: true,
    ca: secure ? fs.readFileSync(process.env.CA_FILE) : undefined,
});

http.createServer((request, response) => {
    const onward = (secure ? https : http).request({
        agent,
        host: upstream.hostname,
        port: upstream.port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, host: upstream.host, connection: 'keep-alive', 'x-goog-api-key': 'bench' },
    }, (answer) => {
        delete answer.headers.connection;
        delete answer.headers['keep-alive'];
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
}).listen({ port: process.env.PORT, host: '127.0.0.1', backlog: 4096 });
