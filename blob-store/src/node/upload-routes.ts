import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlobMissingError } from '../errors.js';
import { isAbsent } from './file-system.js';
import type { BlobKeeper } from './keeper.js';
import { json, paced, RequestError } from './respond.js';

/** Media type of what PATCH appends. */
const PARTIAL = 'application/partial-upload';

/**
 * Uploads in several requests, after the IETF's draft "Resumable Uploads for HTTP": POST begins one, HEAD tells how far
 * it is, PATCH goes on. The address of an upload follows from the blob's hash, so nothing has to be remembered.
 */
export async function handleUpload(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') return begin(keeper, hash, request, response);
  if (request.method === 'HEAD') return tell(keeper, hash, request, response);
  return append(keeper, hash, request, response);
}

async function begin(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding']) {
    throw new RequestError(400, 'POST only begins an upload; send its bytes with PATCH');
  }
  const admission = await admit(keeper, hash, request);
  const offset = await keeper.beginUpload(admission);
  const isDone = keeper.retention.hasClaim(admission) && offset === admission.size;
  const status = isDone || offset > 0 ? 200 : 201;
  json(response, status, { hash }, { location: `/uploads/${hash}`, ...progress(offset, isDone) });
}

async function tell(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const admission = await admit(keeper, hash, request);
  const offset = await keeper.uploadOffset(admission);
  if (offset === undefined) throw new BlobMissingError(hash, 'the uploads of this account');
  response.writeHead(204, { 'cache-control': 'no-store', ...progress(offset, false) }).end();
}

async function append(
  keeper: BlobKeeper,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers['content-type'] !== PARTIAL) {
    throw new RequestError(415, `PATCH takes ${PARTIAL}`, { 'accept-patch': PARTIAL });
  }
  const offset = countOf(request, 'upload-offset');
  if (offset === undefined) throw new RequestError(400, 'PATCH needs an Upload-Offset');
  const admission = await admit(keeper, hash, request);
  const end = await keeper
    .append(admission, offset, paced(request, keeper.options.patienceMs), () => request.destroy())
    .catch(notBegun);
  if (request.headers['upload-complete'] !== '?1') {
    response.writeHead(204, progress(end, false)).end();
    return;
  }
  const isNew = await keeper.completeUpload(admission);
  json(response, isNew ? 201 : 200, { hash }, progress(end, true));
}

function admit(keeper: BlobKeeper, hash: string, request: IncomingMessage) {
  const size = countOf(request, 'upload-length');
  const { authorization } = request.headers;
  if (size === undefined && !keeper.accounts.areSigned && request.method === 'POST') {
    throw new RequestError(400, 'POST needs an Upload-Length');
  }
  return keeper.accounts.admit({ hash, size, authorization });
}

function notBegun(error: unknown): never {
  if (isAbsent(error)) throw new RequestError(404, 'no such upload was begun; begin it with POST');
  throw error;
}

const progress = (offset: number, isDone: boolean) => ({
  'upload-offset': offset,
  'upload-complete': isDone ? '?1' : '?0',
});

function countOf(request: IncomingMessage, header: string): number | undefined {
  const text = request.headers[header];
  if (text === undefined) return undefined;
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new RequestError(400, `${header} is no number of bytes`);
}
