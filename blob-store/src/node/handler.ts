import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { BlobCorruptError, BlobMissingError, BlobStoreFullError, BlobTooLargeError } from '../errors.js';
import type { BlobFiles } from './blob-files.js';

const BLOB_PATH = /^\/blobs\/([0-9a-f]{64})$/;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, OPTIONS',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
  'cross-origin-resource-policy': 'cross-origin',
} as const;
const ALLOW = { allow: 'GET, HEAD, PUT, OPTIONS' } as const;

/** Answers one request; never rejects. Failures are `{error}` with a sentence for people. */
export async function handleBlobRequest(
  files: BlobFiles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
  try {
    await route(files, request, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else fail(request, response, statusOf(error), error instanceof Error ? error.message : String(error));
  }
}

async function route(files: BlobFiles, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  if (method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const reads = method === 'GET' || method === 'HEAD';
  if (url === '/health') {
    if (reads) return health(files, response);
    return fail(request, response, 405, 'only GET and HEAD here', ALLOW);
  }
  const hash = BLOB_PATH.exec(url)?.[1];
  if (hash === undefined) return fail(request, response, 400, 'ask for /blobs/<64 lower-case hex digits>');
  if (reads) return send(files, hash, method, response);
  if (method === 'PUT') return receive(files, hash, request, response);
  fail(request, response, 405, 'only GET, HEAD and PUT here', ALLOW);
}

async function health(files: BlobFiles, response: ServerResponse): Promise<void> {
  const writable = await access(files.dir, constants.W_OK).then(
    () => true,
    () => false,
  );
  json(response, writable ? 200 : 503, { ok: writable, maxBytes: files.maxBytes });
}

async function send(files: BlobFiles, hash: string, method: string, response: ServerResponse): Promise<void> {
  const { size, stream } = await files.open(hash);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': size,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  if (method === 'GET') return pipeline(stream, response);
  stream.destroy();
  response.end();
}

async function receive(
  files: BlobFiles,
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > files.maxBytes) {
    throw new BlobTooLargeError(hash, files.maxBytes, 'this server');
  }
  const known = (await files.sizeOf(hash)) !== undefined;
  await files.write(hash, request.iterator({ destroyOnReturn: false }));
  json(response, known ? 200 : 201, { hash });
}

function statusOf(error: unknown): number {
  if (error instanceof BlobMissingError) return 404;
  if (error instanceof BlobCorruptError) return 400;
  if (error instanceof BlobTooLargeError) return 413;
  if (error instanceof BlobStoreFullError) return 507;
  return 500;
}

/** Refuses a request; what is left of its body is read and dropped so that the peer gets to see the answer. */
function fail(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.setHeader('connection', 'close');
  request.resume();
  json(response, status, { error }, headers);
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
