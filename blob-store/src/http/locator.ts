import { collectBlob } from '../collect.js';
import {
  BlobError,
  BlobMissingError,
  BlobRefusedError,
  BlobStoreFullError,
  BlobTooLargeError,
  BlobUnreachableError,
} from '../errors.js';
import { type Deadline, startDeadline } from './deadline.js';

/** Statuses that say "not now". */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** One call to one blob server. */
export interface Call {
  /** Base URL of the server, without a slash at its end. */
  readonly locator: string;
  /** Hexadecimal hash. */
  readonly hash: string;
  readonly maxBytes: number;
  /** Milliseconds for the answer to begin; the body's time grows with its length. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** GET /blobs/<hash>, verified. */
export function getFrom(call: Call): Promise<Uint8Array> {
  return exchange(call, { method: 'GET' }, async (response, deadline) => {
    if (response.status !== 200) throw failureOf(call, response.status);
    if (Number(response.headers.get('content-length') ?? 0) > call.maxBytes) {
      throw new BlobTooLargeError(call.hash, call.maxBytes, call.locator);
    }
    const expected = { hash: call.hash, where: call.locator, maxBytes: call.maxBytes };
    return collectBlob(timed(response.body, deadline), expected);
  });
}

/** PUT /blobs/<hash>. */
export function putTo(call: Call, bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  return exchange(call, { method: 'PUT', headers, body: new Uint8Array(bytes) }, async (response) => {
    if (response.status !== 200 && response.status !== 201) throw failureOf(call, response.status);
  });
}

/** HEAD /blobs/<hash>. */
export function isAt(call: Call): Promise<boolean> {
  return exchange(call, { method: 'HEAD' }, async (response) => {
    if (response.status === 200) return true;
    if (response.status === 404) return false;
    throw failureOf(call, response.status);
  });
}

/** Sends a request, hands the answer on, and turns everything the network does wrong into BlobUnreachableError. */
async function exchange<T>(
  call: Call,
  init: RequestInit & { body?: Uint8Array<ArrayBuffer> },
  read: (response: Response, deadline: Deadline) => Promise<T>,
): Promise<T> {
  call.signal?.throwIfAborted();
  const deadline = startDeadline(call.timeoutMs, call.signal);
  deadline.extend(init.body?.length ?? 0);
  let response: Response | undefined;
  try {
    response = await fetch(`${call.locator}/blobs/${call.hash}`, { ...init, signal: deadline.signal });
    return await read(response, deadline);
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (error instanceof BlobError) throw error;
    throw new BlobUnreachableError(call.hash, call.locator, reasonOf(error), { cause: error });
  } finally {
    deadline.clear();
    await discard(response);
  }
}

async function* timed(
  body: ReadableStream<Uint8Array> | null,
  deadline: Deadline,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      deadline.extend(next.value.length);
      yield next.value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** Frees the connection of an answer whose body nobody read to its end. */
async function discard(response: Response | undefined): Promise<void> {
  if (response?.body && !response.body.locked) await response.body.cancel().catch(() => undefined);
}

function failureOf({ hash, locator, maxBytes }: Call, status: number): Error {
  if (status === 404) return new BlobMissingError(hash, locator);
  if (status === 413) return new BlobTooLargeError(hash, maxBytes, locator);
  if (status === 507) return new BlobStoreFullError(hash, locator);
  if (TRANSIENT.has(status)) return new BlobUnreachableError(hash, locator, `HTTP status ${status}`);
  return new BlobRefusedError(hash, locator, status);
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
