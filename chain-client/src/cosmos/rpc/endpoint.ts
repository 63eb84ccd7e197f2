import { withTimeout } from '../../util/with-timeout.js';
import { type Answer, answersIn, parse } from './answers.js';
import { GarbageError, RpcError, TransportError } from './errors.js';
import { at, integerAt, textAt } from './shape.js';

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
 * Sends requests in one batch. Returns the answers in the order of the calls, undefined where the node gave none.
 * Throws `TransportError`, `GarbageError` where it answers nothing at all, as nodes do that take no batches or none so
 * long, and the signal's reason where it aborts.
 */
export async function postBatch(
  url: string,
  calls: readonly Call[],
  options: PostOptions,
): Promise<readonly (Answer | undefined)[]> {
  const requests = calls.map(requestOf);
  const { status, text } = await send(url, JSON.stringify(requests), options);
  const answers = answersIn(text, status);
  if (!requests.some(({ id }) => answers.has(id)))
    throw new GarbageError(`no answer to a batch of ${calls.length}: ${text.slice(0, 200)}`);
  return requests.map(({ id }) => answers.get(id));
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

/** `fetch` hides why it failed in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
