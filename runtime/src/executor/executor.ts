import { UnitAbandonedError } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';
import { validateRequest } from '../run/validate-request.js';
import { aborted, askHost, type Watch } from './ask-host.js';
import type { UnitHost } from './unit-host.js';

export const DEFAULT_WALL_LIMIT_MS = 10 * 60_000;

export interface ExecutorRequest extends UnitRequest {
  /** The raw module as published. */
  readonly module: Uint8Array;
  /** Stops the unit: its host is killed and `run` rejects. */
  readonly signal?: AbortSignal;
  /** Gets what the module writes to stderr, for local dry runs. */
  readonly onStderr?: (bytes: Uint8Array) => void;
}

/** Runs units one after the other, apart from who asks for them: in a child process, or in a Web Worker. */
export interface Executor {
  /**
   * Runs a unit once those asked for before are done. Units of the same module in a row share a host, in which
   * the module is compiled once; each gets a fresh instance.
   * @throws UnitRequestError if the request breaks a limit.
   * @throws UnitAbandonedError if there is no outcome: killed, out of time or memory, crashed. The next unit gets a
   *   new host.
   */
  run(request: ExecutorRequest): Promise<UnitResult>;
  /** Ends the host, and with it a unit that still runs. */
  close(): Promise<void>;
}

/** What an executor for some kind of host is made of. */
export interface HostKind {
  /** A new host. @throws UnitAbandonedError where it cannot be started */
  start(): UnitHost;
  /** Called once, when no host is needed any more. */
  close?(): void;
}

/** An executor for any kind of host. */
export class SerialExecutor implements Executor {
  #current: { readonly module: Uint8Array; readonly host: UnitHost } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly hosts: HostKind,
    private readonly wallLimitMs: number,
  ) {}

  run({ module, signal, onStderr, ...rest }: ExecutorRequest): Promise<UnitResult> {
    const { input, unit, args, gasLimit, memoryLimit } = rest;
    const request: UnitRequest = { input, unit, args, gasLimit, memoryLimit };
    const turn = this.#last.then(() => {
      validateRequest(request);
      return this.#runNow(module, request, { wallLimitMs: this.wallLimitMs, signal, onStderr });
    });
    this.#last = turn.catch(() => undefined);
    return signal === undefined ? turn : Promise.race([turn, rejectOnAbort(signal, turn)]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#endHost();
    await this.#last;
    this.hosts.close?.();
  }

  async #runNow(module: Uint8Array, request: UnitRequest, watch: Watch): Promise<UnitResult> {
    this.#throwIfClosed();
    try {
      const host = await this.#hostFor(module, watch);
      const message = { kind: 'run', request, wantsStderr: watch.onStderr !== undefined } as const;
      const answer = await askHost(host, message, watch);
      if (answer.kind === 'result') return answer.result;
      throw new UnitAbandonedError('engine', `its host answered ${answer.kind} instead of a result`);
    } catch (error) {
      await this.#endHost();
      this.#throwIfClosed(error);
      throw error;
    }
  }

  async #hostFor(module: Uint8Array, watch: Watch): Promise<UnitHost> {
    const current = this.#current;
    if (current !== undefined && !current.host.ended && areEqual(current.module, module)) return current.host;
    await this.#endHost();
    this.#throwIfClosed();
    const host = this.hosts.start();
    const own = module.slice();
    this.#current = { module: own, host };
    await askHost(host, { kind: 'prepare', module: own }, watch);
    return host;
  }

  #throwIfClosed(cause?: unknown): void {
    if (this.#closed) throw new UnitAbandonedError('aborted', 'the executor is closed', { cause });
  }

  async #endHost(): Promise<void> {
    const ended = this.#current?.host;
    this.#current = undefined;
    await ended?.kill();
  }
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Rejects as soon as the caller gives up, also while the unit waits for its turn. */
function rejectOnAbort(signal: AbortSignal, turn: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(aborted(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const forget = (): void => signal.removeEventListener('abort', onAbort);
    turn.then(forget, forget);
  });
}
