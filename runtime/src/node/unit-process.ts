import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import path from 'node:path';
import type { FromHost, HostListener, ToHost, UnitHost } from '../executor/unit-host.js';
import { childEntry, childFlags } from './child-flags.js';
import type { CpuThrottle } from './cpu/throttle.js';
import type { Watchdog } from './watchdog.js';

/** Who looks after a unit's process. */
export interface Keepers {
  readonly watchdog: Watchdog;
  /** Keeps it at a share of a core; unlimited without one. */
  readonly throttle?: CpuThrottle | undefined;
  /** How far it stands back behind other programs, from 0 to 19. */
  readonly niceness?: number;
}

/** A process of its own, without environment, that runs units of one module. */
export class UnitProcess implements UnitHost {
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  readonly #throttle: CpuThrottle | undefined;
  #ended = false;

  /** @throws UnitAbandonedError where it cannot be started and guarded */
  constructor({ watchdog, throttle, niceness = 0 }: Keepers) {
    this.#throttle = throttle;
    this.#child = fork(childEntry, [], {
      env: {},
      cwd: path.parse(childEntry).root,
      execArgv: childFlags(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exit = new Promise((resolve) => {
      const ended = (): void => {
        this.#ended = true;
        watchdog.release();
        resolve();
      };
      this.#child.once('exit', ended);
      this.#child.once('error', ended);
    });
    try {
      if (this.#child.pid !== undefined) {
        // The threads that it starts have the priority of the one that starts them.
        if (niceness > 0) setPriority(this.#child.pid, niceness);
        watchdog.guard(this.#child.pid);
      }
    } catch (error) {
      this.#child.kill('SIGKILL');
      throw error;
    }
  }

  get ended(): boolean {
    return this.#ended;
  }

  ask(message: ToHost, { onAnswer, onEnd }: HostListener): () => void {
    const child = this.#child;
    const onMessage = (answer: unknown): void => onAnswer(answer as FromHost);
    const onExit = (code: number | null, killer: string | null): void =>
      onEnd(`its process ended by itself (${killer ?? `exit code ${code}`})`);
    const release = this.#throttle?.hold(child);
    child.on('message', onMessage);
    child.once('exit', onExit);
    if (this.#ended) queueMicrotask(() => onExit(child.exitCode, child.signalCode));
    else
      child.send(message, (error) => {
        if (error !== null) onEnd('its process cannot be reached', error);
      });
    return () => {
      release?.();
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}
