// Serves a replay as a node does, and tells its address to the parent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Density, replayOf } from './replay-blocks.js';

const [blocks = '0', density = '0'] = process.argv.slice(2);
const replay = replayOf(Number(blocks), Number(density) as Density);

const resultOf = (method: string, height: number): string | undefined => {
  if (method === 'status') return replay.status;
  return method === 'block' ? replay.block[height - 1] : replay.results[height - 1];
};

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    const { id, method, params } = JSON.parse(body || '{}');
    const result = resultOf(method, Number(params?.height));
    const text =
      result === undefined
        ? `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"no block","data":"could not find block"}}`
        : `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}`, events: replay.events });
});
process.on('disconnect', () => process.exit(0));
