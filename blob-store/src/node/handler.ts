import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendBlob, takeBlob } from './blob-routes.js';
import type { BlobKeeper } from './keeper.js';
import { fail, json, RequestError } from './respond.js';
import { handleUpload } from './upload-routes.js';

const PATH = /^\/(blobs|uploads)\/([0-9a-f]{64})$/;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, POST, PATCH, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, range, upload-complete, upload-length, upload-offset',
  'access-control-expose-headers': 'content-range, location, upload-complete, upload-offset',
  'access-control-max-age': '86400',
  'cross-origin-resource-policy': 'cross-origin',
} as const;
const METHODS: Readonly<Record<string, readonly string[]>> = {
  blobs: ['GET', 'HEAD', 'PUT'],
  uploads: ['HEAD', 'POST', 'PATCH'],
};

/** Answers one request; never rejects. Failures are `{error}` with a sentence for people. */
export async function handleBlobRequest(
  keeper: BlobKeeper,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
  try {
    await route(keeper, request, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else fail(request, response, error);
  }
}

async function route(keeper: BlobKeeper, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  if (method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  if (url === '/health') {
    refuseOther(method, ['GET', 'HEAD']);
    const health = await keeper.health();
    return json(response, health.ok ? 200 : 503, health);
  }
  const [, kind, hash] = PATH.exec(url) ?? [];
  if (kind === undefined || hash === undefined) {
    throw new RequestError(400, 'ask for /blobs/<64 lower-case hex digits>');
  }
  refuseOther(method, METHODS[kind] ?? []);
  if (kind === 'uploads') return handleUpload(keeper, hash, request, response);
  if (method === 'PUT') return takeBlob(keeper, hash, request, response);
  return sendBlob(keeper, hash, request, response);
}

function refuseOther(method: string, allowed: readonly string[]): void {
  if (allowed.includes(method)) return;
  const allow = [...allowed, 'OPTIONS'].join(', ');
  throw new RequestError(405, `only ${allowed.join(', ')} here`, { allow });
}
