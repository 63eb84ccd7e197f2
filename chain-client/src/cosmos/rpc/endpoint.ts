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

/** A method with its parameters. */
export interface Call {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface PostOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

let lastId = 0;

const requestOf = ({ method, params = {} }: Call) => {
  lastId += 1;
  return { jsonrpc: '2.0', id: lastId, method, params };
};

/**
 * Sends one JSON-RPC request and returns its result.
 * Throws `TransportError`, `GarbageError` or `RpcError`, and the signal's reason where it aborts.
 */
export async function post(url: string, call: Call, options: PostOptions): Promise<unknown> {
  const request = requestOf(call);
  const { id, method } = request;
  const { status, text } = await send(url, JSON.stringify(request), options);
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

/**
 * Sends requests in one batch. Returns their results in the order of the calls, undefined where the node gave none.
 * Throws `TransportError`, `GarbageError` where it answers nothing at all, as nodes do that take no batches or none so
 * long, and the signal's reason where it aborts.
 */
export async function postBatch(
  url: string,
  calls: readonly Call[],
  options: PostOptions,
): Promise<readonly unknown[]> {
  const requests = calls.map(requestOf);
  const { status, text } = await send(url, JSON.stringify(requests), options);
  const parsed = parse(text, status);
  // A node answers a batch of one with one answer, not with a list of one.
  const answers = new Map(
    (Array.isArray(parsed) ? parsed : [parsed]).map((answer) => [at(answer, 'id'), answer]),
  );
  if (!requests.some(({ id }) => answers.has(id)))
    throw new GarbageError(`no answer to a batch of ${calls.length}: ${text.slice(0, 200)}`);
  return requests.map(({ id }) => at(answers.get(id), 'result') ?? undefined);
}

async function send(url: string, body: string, { timeoutMs, signal }: PostOptions) {
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
