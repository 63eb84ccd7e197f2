import { createHash } from 'node:crypto';
import { UnitAbandonedError } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';
import { validateRequest } from '../run/validate-request.js';
import { CpuThrottle } from './cpu/throttle.js';
import { type Keepers, UnitProcess, type Watch } from './unit-process.js';
import { Watchdog } from './watchdog.js';

const DEFAULT_WALL_LIMIT_MS = 10 * 60_000;

export interface ExecutorOptions {
  /**
   * Milliseconds after which a unit is abandoned (compilation counts by itself); as much longer as the share of a core is smaller. Default: 10 minutes.
   */
  readonly wallLimitMs?: number;
  /** Share of one core, above 0 and at most 1, that this process and its units use together. Default: no limit. */
  readonly cpuShare?: number;
}

export interface ExecutorRequest extends UnitRequest {
  /** The raw module as published. */
  readonly module: Uint8Array;
  /** Stops the unit: its process is killed and `run` rejects. */
  readonly signal?: AbortSignal;
  /** Gets what the module writes to stderr, for local dry runs. */
  readonly onStderr?: (bytes: Uint8Array) => void;
}

/** Runs units one after the other in a child process. */
export interface Executor {
  /**
   * Runs a unit once those asked for before are done. Units of the same module in a row share a process, in which
   * the module is compiled once; each gets a fresh instance.
   * @throws UnitRequestError if the request breaks a limit.
   * @throws UnitAbandonedError if there is no outcome: killed, out of time or memory, crashed. The next unit gets a
   *   new process.
   */
  run(request: ExecutorRequest): Promise<UnitResult>;
  /** Ends the process, and with it a unit that still runs. */
  close(): Promise<void>;
}

/** An executor without a process yet: the first unit starts one. @throws RangeError for a share that cannot be kept */
export function createExecutor({
  cpuShare = 1,
  wallLimitMs = DEFAULT_WALL_LIMIT_MS,
}: ExecutorOptions = {}): Executor {
  if (!(cpuShare > 0 && cpuShare <= 1))
    throw new RangeError(`a share of a core is above 0 and at most 1, not ${cpuShare}`);
  if (cpuShare < 1 && process.platform === 'win32')
    throw new RangeError('a share of a core needs a system that can stop processes');
  const throttle = cpuShare < 1 ? new CpuThrottle(cpuShare) : undefined;
  return new ChildExecutor(wallLimitMs / cpuShare, {
    watchdog: new Watchdog(),
    throttle,
  });
}

class ChildExecutor implements Executor {
  #current: { readonly moduleHash: string; readonly process: UnitProcess } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly wallLimitMs: number,
    private readonly keepers: Keepers,
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
    await this.#endProcess();
    await this.#last;
    this.keepers.watchdog.close();
  }

  async #runNow(module: Uint8Array, request: UnitRequest, watch: Watch): Promise<UnitResult> {
    if (this.#closed) throw new UnitAbandonedError('aborted', 'the executor is closed');
    try {
      const process = await this.#processFor(module, watch);
      return await process.run(request, watch);
    } catch (error) {
      await this.#endProcess();
      throw error;
    }
  }

  async #processFor(module: Uint8Array, watch: Watch): Promise<UnitProcess> {
    const moduleHash = createHash('sha256').update(module).digest('hex');
    if (this.#current?.moduleHash === moduleHash && !this.#current.process.exited)
      return this.#current.process;
    await this.#endProcess();
    const process = new UnitProcess(this.keepers);
    this.#current = { moduleHash, process };
    await process.prepare(module, watch);
    return process;
  }

  async #endProcess(): Promise<void> {
    const ended = this.#current?.process;
    this.#current = undefined;
    await ended?.kill();
  }
}

/** Rejects as soon as the caller gives up, also while the unit waits for its turn. */
function rejectOnAbort(signal: AbortSignal, turn: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void =>
      reject(new UnitAbandonedError('aborted', 'its caller stopped it', { cause: signal.reason }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const forget = (): void => signal.removeEventListener('abort', onAbort);
    turn.then(forget, forget);
  });
}
