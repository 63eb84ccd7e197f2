import {
  BadResponseError,
  ClientClosedError,
  EndpointUnreachableError,
  WrongChainError,
} from '../../errors/index.js';
import { Limiter } from '../../util/limiter.js';
import { sleep } from '../../util/sleep.js';
import { BatchSize } from './batch-size.js';
import { type Call, post, postBatch } from './endpoint.js';
import { GarbageError, RpcError, TransportError } from './errors.js';
import { requiredTextAt, ShapeError } from './shape.js';

/** A JSON-RPC method with the way to read its result. */
export interface RpcRequest<T> extends Call {
  /** Throws `ShapeError` for a result that makes no sense. */
  readonly parse: (result: unknown, endpoint: string) => T;
  /** True for errors of the node that another endpoint might not have. */
  readonly elsewhere?: (error: RpcError) => boolean;
}

/** How long and how often endpoints are asked. */
export interface RpcLimits {
  /** For one request to one endpoint. */
  readonly requestTimeoutMs: number;
  /** For one call over all endpoints. */
  readonly retryForMs: number;
}

interface Endpoint {
  readonly url: string;
  /** Settles once it is known whether it belongs to the right chain; absent where that has to be asked. */
  verified: Promise<void> | undefined;
  readonly batches: BatchSize;
}

/** One request for each result. */
type Requests<T extends readonly unknown[]> = { readonly [I in keyof T]: RpcRequest<T[I]> };
/** A result that came, which is read when it is wanted. */
export interface Found<T> {
  readonly size: number;
  /** Throws `ShapeError` or `GarbageError` where it makes no sense. */
  readonly read: () => T;
}
/** The results that came. */
type AllFound<T extends readonly unknown[]> = { readonly [I in keyof T]: Found<T[I]> | undefined };

/** To one endpoint; more would only wait there. */
const concurrentRequests = 32;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** JSON-RPC over several endpoints of one chain: the one that last answered is asked first, the others when it fails. */
export class RpcClient {
  readonly #endpoints: Endpoint[];
  readonly #closing = new AbortController();
  readonly #limiter = new Limiter(concurrentRequests);
  #chainId: string | undefined;

  constructor(
    endpoints: readonly string[],
    readonly limits: RpcLimits,
    chainId?: string,
  ) {
    this.#endpoints = endpoints.map((url) => ({
      url,
      verified: undefined,
      batches: new BatchSize(),
    }));
    this.#chainId = chainId;
  }

  /** The endpoint that is asked first. */
  get preferred(): string {
    return this.#endpoints[0]?.url ?? '';
  }

  /** Aborts when the client is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort(new ClientClosedError());
  }

  /**
   * Asks until an endpoint gives a good answer, for a while. Only for requests that may be repeated. Throws
   * `EndpointUnreachableError`, `BadResponseError` or `WrongChainError` after that, and `RpcError` when the node refuses.
   */
  async call<T>(request: RpcRequest<T>): Promise<T> {
    const end = Date.now() + this.limits.retryForMs;
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      const failure = await this.#round(request);
      if ('value' in failure) return failure.value;
      if (failure.final || Date.now() + pause > end) throw failure.error;
      await sleep(pause, this.closing);
    }
  }

  /**
   * Asks one endpoint once, the preferred one or that so many places after it; when it fails, it is put behind the others.
   */
  async callOnce<T>(request: RpcRequest<T>, place = 0): Promise<T> {
    const endpoint = this.#endpoints[place % this.#endpoints.length];
    if (!endpoint) throw new EndpointUnreachableError([]);
    try {
      return await this.#ask(endpoint, request);
    } catch (error) {
      if (isFailure(error)) this.#demote(endpoint);
      throw publicError(error, endpoint.url);
    }
  }

  /** How many requests the preferred endpoint is believed to take in one batch; 1 where it takes none. */
  get batchSize(): number {
    return this.#endpoints[0]?.batches.now ?? 1;
  }

  /**
   * Asks the preferred endpoint once, everything in one request. What it does not answer is undefined: `call` asks for
   * that again, and tells why it is not to be had. Rejects only once the client is closed.
   */
  async batch<T extends readonly unknown[]>(requests: Requests<T>): Promise<AllFound<T>> {
    const found = await this.#batch(requests as readonly RpcRequest<unknown>[]);
    return found as readonly unknown[] as AllFound<T>;
  }

  async #batch(requests: readonly RpcRequest<unknown>[]): Promise<readonly (Found<unknown> | undefined)[]> {
    const [endpoint] = this.#endpoints;
    if (!endpoint) return [];
    const { url, batches } = endpoint;
    try {
      await this.#verified(endpoint);
      const answers = await this.#limiter.run(url, () => postBatch(url, requests, this.#postOptions));
      return requests.map(({ parse }, i) => {
        const answer = answers[i];
        return answer && { size: answer.size, read: () => parse(answer.result(), url) };
      });
    } catch (error) {
      this.closing.throwIfAborted();
      if (error instanceof TransportError || error instanceof GarbageError) batches.failed(requests.length);
      // One that only takes no batches stays the first: asked for less it may answer well.
      if (isFailure(error) && !(error instanceof GarbageError)) this.#demote(endpoint);
      return requests.map(() => undefined);
    }
  }

  /** Puts the preferred endpoint behind the others: it answers, but is of no use. */
  passOn(): void {
    const [first] = this.#endpoints;
    if (first) this.#demote(first);
  }

  /** Asks each endpoint once, until one answers. */
  async #round<T>(request: RpcRequest<T>): Promise<{ value: T } | { error: unknown; final: boolean }> {
    let last: unknown;
    let wrongChain = 0;
    for (const endpoint of [...this.#endpoints]) {
      try {
        return { value: await this.#ask(endpoint, request) };
      } catch (error) {
        last = publicError(error, endpoint.url);
        if (error instanceof WrongChainError) wrongChain += 1;
        if (isFailure(error)) this.#demote(endpoint);
        else if (!(error instanceof RpcError && request.elsewhere?.(error)))
          return { error: last, final: true };
      }
    }
    const error =
      last instanceof EndpointUnreachableError
        ? new EndpointUnreachableError(this.#endpoints.map(({ url }) => url).sort(), last.cause)
        : last;
    return { error, final: last instanceof RpcError || wrongChain === this.#endpoints.length };
  }

  async #ask<T>(endpoint: Endpoint, request: RpcRequest<T>): Promise<T> {
    await this.#verified(endpoint);
    return request.parse(await this.#post(endpoint, request), endpoint.url);
  }

  async #verified(endpoint: Endpoint): Promise<void> {
    this.closing.throwIfAborted();
    endpoint.verified ??= this.#verify(endpoint);
    await endpoint.verified;
  }

  async #verify(endpoint: Endpoint): Promise<void> {
    const actual = requiredTextAt(await this.#post(endpoint, { method: 'status' }), 'node_info', 'network');
    this.#chainId ??= actual;
    if (actual !== this.#chainId) throw new WrongChainError(endpoint.url, this.#chainId, actual);
  }

  get #postOptions() {
    return { timeoutMs: this.limits.requestTimeoutMs, signal: this.closing };
  }

  #post({ url }: Endpoint, call: Call): Promise<unknown> {
    return this.#limiter.run(url, () => post(url, call, this.#postOptions));
  }

  #demote(endpoint: Endpoint): void {
    endpoint.verified = undefined;
    const index = this.#endpoints.indexOf(endpoint);
    this.#endpoints.push(...this.#endpoints.splice(index, 1));
  }
}

/** True where the endpoint is to blame, so that another one should be asked. */
function isFailure(error: unknown): boolean {
  return (
    error instanceof TransportError ||
    error instanceof GarbageError ||
    error instanceof ShapeError ||
    error instanceof WrongChainError
  );
}

function publicError(error: unknown, url: string): unknown {
  if (error instanceof TransportError) return new EndpointUnreachableError([url], error);
  if (error instanceof GarbageError || error instanceof ShapeError) {
    return new BadResponseError(url, error.message, error);
  }
  return error;
}
