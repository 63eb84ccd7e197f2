import { withTimeout } from '../../util/with-timeout.js';
import { at, integerAt, textAt } from './shape.js';

/** The endpoint could not be reached, or is in no state to answer. */
export class TransportError extends Error {}

/** The endpoint's answer is no JSON-RPC answer. */
export class GarbageError extends Error {}

/** The node understood the request and answered with an error. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
    /** What went wrong, in the node's words. */
    readonly data: string,
  ) {
    super(data || message);
  }
}

let lastId = 0;

/**
 * Sends one JSON-RPC request and returns its result.
 * Throws `TransportError`, `GarbageError` or `RpcError`, and the signal's reason where it aborts.
 */
export async function post(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>>,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  const { status, text } = await send(
    url,
    JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    timeoutMs,
    signal,
  );
  const answer = parse(text, status);
  const error = at(answer, 'error');
  if (error !== undefined && error !== null) {
    throw new RpcError(method, integerAt(error, 'code'), textAt(error, 'message'), textAt(error, 'data'));
  }
  if (status !== 200) throw new TransportError(`HTTP status ${status}`);
  const result = at(answer, 'result');
  if (result === undefined || at(answer, 'id') !== id) throw new GarbageError(`no answer to ${method}`);
  return result;
}

async function send(url: string, body: string, timeoutMs: number, signal?: AbortSignal) {
  try {
    return await withTimeout(timeoutMs, signal, async (limited) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body, signal: limited });
      return { status: response.status, text: await response.text() };
    });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new TransportError(reasonOf(cause), { cause });
  }
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (status !== 200) throw new TransportError(`HTTP status ${status}`, { cause });
    throw new GarbageError(`not JSON: ${text.slice(0, 40)}`, { cause });
  }
}

/** `fetch` hides why it failed in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
