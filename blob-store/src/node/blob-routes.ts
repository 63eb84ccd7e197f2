import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { BlobKeeper } from './keeper.js';
import { json, paced, RequestError } from './respond.js';

/** GET and HEAD of a blob, or of a range of it. */
export async function sendBlob(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const blob = await keeper.files.open(hash);
  const { size } = blob;
  const headers = {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  };
  const range = rangeOf(request.headers.range, size);
  if (range === 'unsatisfiable') {
    await blob.close();
    throw new RequestError(416, `the blob has ${size} bytes`, { 'content-range': `bytes */${size}` });
  }
  if (range === undefined) response.writeHead(200, { ...headers, 'content-length': size });
  else {
    const { first, last } = range;
    const part = { 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${size}` };
    response.writeHead(206, { ...headers, ...part });
  }
  if (request.method === 'GET') return pipeline(blob.read(range?.first, range?.last), response);
  await blob.close();
  response.end();
}

/** PUT of a whole blob. */
export async function takeBlob(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers['content-range'] !== undefined) {
    throw new RequestError(400, `PUT takes whole blobs; send parts to /uploads/${hash}`);
  }
  const length = request.headers['content-length'];
  const size = length === undefined ? undefined : Number(length);
  const { authorization } = request.headers;
  const admission = await keeper.accounts.admit({ hash, size, authorization });
  try {
    const isNew = await keeper.put(
      admission,
      size ?? admission.size,
      paced(request, keeper.options.patienceMs),
    );
    json(response, isNew ? 201 : 200, { hash });
  } finally {
    keeper.accounts.settle(admission);
  }
}

/** The one range that is asked for; undefined for the whole, also where there are several or it makes no sense. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  return first > last ? 'unsatisfiable' : { first, last };
}
