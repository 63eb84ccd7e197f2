import {
  BlobError,
  BlobMissingError,
  BlobRefusedError,
  BlobStoreFullError,
  BlobTooLargeError,
  BlobUnreachableError,
  refusalReasons,
  UploadRefusedError,
} from '../errors.js';
import { type Deadline, startDeadline } from './deadline.js';

/** Statuses that say "not now". */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Bytes of a refusal that are read. */
const MAX_REFUSAL_BYTES = 4_096;

/** One blob at one blob server. */
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

export interface CallInit {
  readonly method: string;
  /** `blobs` or `uploads`. */
  readonly at?: 'blobs' | 'uploads';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/**
 * Sends a request, hands the answer on where its status is one of `wanted`, and turns everything else into an error:
 * what the network does wrong is BlobUnreachableError.
 */
export async function exchange<T>(
  call: Call,
  { at = 'blobs', ...init }: CallInit,
  wanted: readonly number[],
  read: (response: Response, deadline: Deadline) => Promise<T>,
): Promise<T> {
  call.signal?.throwIfAborted();
  const deadline = startDeadline(call.timeoutMs, call.signal);
  deadline.extend(init.body?.length ?? 0);
  let response: Response | undefined;
  try {
    response = await fetch(`${call.locator}/${at}/${call.hash}`, { ...init, signal: deadline.signal });
    if (!wanted.includes(response.status)) throw await failureOf(call, response);
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

/** The chunks of an answer's body; each earns the time that the next ones may take. */
export async function* timed(
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

async function failureOf({ hash, locator, maxBytes }: Call, response: Response): Promise<Error> {
  const { status } = response;
  if (status === 404) return new BlobMissingError(hash, locator);
  if (status === 413) return new BlobTooLargeError(hash, maxBytes, locator);
  if (status === 507) return new BlobStoreFullError(hash, locator);
  if (TRANSIENT.has(status)) return new BlobUnreachableError(hash, locator, `HTTP status ${status}`);
  if (status === 401 || status === 403) {
    const { reason, error } = await refusalOf(response);
    const known = refusalReasons.find((each) => each === reason);
    if (known !== undefined) return new UploadRefusedError(hash, locator, known, printable(error));
  }
  return new BlobRefusedError(hash, locator, status);
}

async function refusalOf(response: Response): Promise<{ reason?: unknown; error?: unknown }> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_REFUSAL_BYTES) return {};
  }
  try {
    const refusal: unknown = JSON.parse(text);
    return typeof refusal === 'object' && refusal !== null ? refusal : {};
  } catch {
    return {};
  }
}

/** What a stranger says, fit for a terminal. */
function printable(text: unknown): string {
  return String(text)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 500);
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
