// Serves a replay as a node does, and tells its address to the parent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Density, replayOf } from './replay-blocks.js';

const [blocks = '0', density = '0'] = process.argv.slice(2);
const replay = replayOf(Number(blocks), Number(density) as Density);

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params?: Readonly<Record<'height' | 'minHeight' | 'maxHeight', string | undefined>>;
}

/** As many headers as a node gives in one answer. */
const MOST_METAS = 20;

/** Newest first, as a node gives them. */
const metasOf = (from: number, to: number): string => {
  const last = Math.min(to, Number(blocks));
  const metas = replay.meta.slice(Math.max(from, last - MOST_METAS + 1) - 1, last).reverse();
  return `{"last_height":"${blocks}","block_metas":[${metas.join(',')}]}`;
};

const resultOf = (method: string, params: Call['params']): string | undefined => {
  if (method === 'status') return replay.status;
  if (method === 'blockchain') return metasOf(Number(params?.minHeight), Number(params?.maxHeight));
  const height = Number(params?.height);
  if (method === 'block') return replay.block[height - 1];
  return method === 'block_results' ? replay.results[height - 1] : undefined;
};

const answerTo = ({ id, method, params }: Call): string => {
  const result = resultOf(method, params);
  return result === undefined
    ? `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"no block","data":"could not find block"}}`
    : `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
};

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    const asked: Call | readonly Call[] = JSON.parse(body || '{}');
    const text = Array.isArray(asked) ? `[${asked.map(answerTo).join(',')}]` : answerTo(asked as Call);
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
