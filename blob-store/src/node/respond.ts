import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BlobCorruptError,
  BlobMissingError,
  BlobStoreFullError,
  BlobTooLargeError,
  UploadRefusedError,
} from '../errors.js';
import { type Deadline, startDeadline } from '../http/deadline.js';
import { AuthorityUnavailableError } from '../permit/admit.js';
import { PERMIT_SCHEME } from '../permit/permit.js';
import { OffsetMismatchError } from './upload-files.js';

/** Milliseconds that a sender gets to read a refusal before its connection is cut. */
const LINGER_MS = 5_000;
const MISMATCH = 'https://iana.org/assignments/http-problem-types#mismatching-upload-offset';

type Headers = Readonly<Record<string, string | number>>;

/** A request that makes no sense, with the status that says so. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Headers = {},
  ) {
    super(message);
  }
}

/** Answers with a JSON document. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Refuses a request for what went wrong; what is left of its body is dropped, and soon the connection too. */
export function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const { status, headers = {}, body = {} } = answerOf(error);
  const message = error instanceof Error ? error.message : String(error);
  response.setHeader('connection', 'close');
  request.resume();
  const cut = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(cut));
  json(response, status, { error: message, ...body }, headers);
}

/**
 * The body of a request as long as it comes at a fair pace: bytes have to begin to come within `patienceMs`, and each
 * earns time for more. A sender that trickles is cut off.
 */
export async function* paced(request: IncomingMessage, patienceMs: number): AsyncGenerator<Uint8Array> {
  const deadline: Deadline = startDeadline(patienceMs);
  const cut = (): void => void request.destroy(deadline.signal.reason as Error);
  deadline.signal.addEventListener('abort', cut, { once: true });
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      deadline.extend((chunk as Buffer).length);
      yield chunk as Buffer;
    }
    if (!request.complete) throw new Error('the sender broke off');
  } finally {
    deadline.clear();
  }
}

interface Answer {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: object;
}

function answerOf(error: unknown): Answer {
  if (error instanceof RequestError) return { status: error.status, headers: error.headers };
  if (error instanceof BlobMissingError) return { status: 404 };
  if (error instanceof BlobCorruptError) return { status: 400 };
  if (error instanceof BlobTooLargeError) return { status: 413 };
  if (error instanceof BlobStoreFullError) return { status: 507 };
  if (error instanceof AuthorityUnavailableError) return { status: 503 };
  if (error instanceof UploadRefusedError) {
    const { reason, detail } = error;
    if (reason === 'account' || reason === 'quota') return { status: 403, body: { reason, error: detail } };
    return { status: 401, headers: { 'www-authenticate': PERMIT_SCHEME }, body: { reason, error: detail } };
  }
  if (error instanceof OffsetMismatchError) {
    const { expected, provided, message } = error;
    const problem = {
      type: MISMATCH,
      title: message,
      'expected-offset': expected,
      'provided-offset': provided,
    };
    return { status: 409, headers: { 'upload-offset': expected }, body: problem };
  }
  return { status: 500 };
}
