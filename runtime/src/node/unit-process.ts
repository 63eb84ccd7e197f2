import { type ChildProcess, fork } from 'node:child_process';
import { UnitAbandonedError } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';
import { childEntry, childFlags } from './child-flags.js';
import type { CpuThrottle } from './cpu/throttle.js';
import type { FromChild, ToChild } from './messages.js';
import type { Watchdog } from './watchdog.js';

/** What can end a unit from outside, and who reads its stderr. */
export interface Watch {
  readonly wallLimitMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStderr?: ((bytes: Uint8Array) => void) | undefined;
}

/** Who looks after a unit's process. */
export interface Keepers {
  readonly watchdog: Watchdog;
  /** Keeps it at a share of a core; unlimited without one. */
  readonly throttle?: CpuThrottle | undefined;
}

/** A process of its own, without environment, that runs units of one module. */
export class UnitProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  #exited = false;

  readonly #throttle: CpuThrottle | undefined;

  /** @throws UnitAbandonedError where it cannot be started and guarded */
  constructor({ watchdog, throttle }: Keepers) {
    this.#throttle = throttle;
    this.#child = fork(childEntry, [], {
      env: {},
      execArgv: childFlags(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exit = new Promise((resolve) => {
      const ended = (): void => {
        this.#exited = true;
        watchdog.release();
        resolve();
      };
      this.#child.once('exit', ended);
      this.#child.once('error', ended);
    });
    try {
      if (this.#child.pid !== undefined) watchdog.guard(this.#child.pid);
    } catch (error) {
      this.#child.kill('SIGKILL');
      throw error;
    }
  }

  get exited(): boolean {
    return this.#exited;
  }

  /** Checks, instruments and compiles the module in the process. @throws UnitAbandonedError */
  async prepare(module: Uint8Array, watch: Watch): Promise<void> {
    await this.#ask({ kind: 'prepare', module }, watch);
  }

  /** Runs a unit of the module. @throws UnitAbandonedError */
  async run(request: UnitRequest, watch: Watch): Promise<UnitResult> {
    const answer = await this.#ask(
      { kind: 'run', request, wantsStderr: watch.onStderr !== undefined },
      watch,
    );
    if (answer.kind === 'result') return answer.result;
    throw new UnitAbandonedError('engine', `the process answered ${answer.kind} instead of a result`);
  }

  /** Ends the process at once, whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  #ask(message: ToChild, { wallLimitMs, signal, onStderr }: Watch): Promise<FromChild> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        release?.();
        signal?.removeEventListener('abort', onAbort);
        child.off('message', onMessage);
        child.off('exit', onExit);
        finish();
      };
      const abandon = (error: UnitAbandonedError): void => settle(() => reject(error));
      const onMessage = (answer: FromChild): void => {
        if (answer.kind === 'stderr') onStderr?.(answer.bytes);
        else if (answer.kind === 'abandoned') abandon(new UnitAbandonedError(answer.reason, answer.detail));
        else settle(() => resolve(answer));
      };
      const onExit = (code: number | null, killer: string | null): void =>
        abandon(
          new UnitAbandonedError('crash', `its process ended by itself (${killer ?? `exit code ${code}`})`),
        );
      const stop = (error: UnitAbandonedError): void => {
        child.kill('SIGKILL');
        abandon(error);
      };
      const onAbort = (): void =>
        stop(new UnitAbandonedError('aborted', 'its caller stopped it', { cause: signal?.reason }));
      const release = this.#throttle?.hold(child);
      const timer = setTimeout(
        () => stop(new UnitAbandonedError('timeout', `it ran longer than ${wallLimitMs} ms`)),
        wallLimitMs,
      );
      if (this.#exited) onExit(child.exitCode, child.signalCode);
      else if (signal?.aborted) onAbort();
      else {
        child.on('message', onMessage);
        child.once('exit', onExit);
        signal?.addEventListener('abort', onAbort, { once: true });
        child.send(message, (error) => {
          if (error !== null)
            abandon(new UnitAbandonedError('crash', 'its process cannot be reached', { cause: error }));
        });
      }
    });
  }
}
