import { type ChildProcess, spawn } from 'node:child_process';
import { UnitAbandonedError } from '../run/errors.js';

/**
 * Reads process ids, the last one counts, and kills that process when its input ends: when who wrote them is gone, however that happened. The signals
 * of a terminal are for others.
 */
const SCRIPT = `trap '' INT TERM HUP
while read -r line; do pid=$line; done
[ -z "$pid" ] || kill -9 "$pid"`;

/** Where processes can be stopped, they outlive who stopped them. */
const isNeeded = process.platform !== 'win32';

/**
 * Ends a unit's process if this process dies before it: a process that is stopped, or computes, does not notice that by
 * itself. A shell does that, which waits for the end of its input.
 */
export class Watchdog {
  #shell: ChildProcess | undefined;
  #guarded = '';

  /** Guards a process instead of the one before. @throws UnitAbandonedError where no shell can be started */
  guard(pid: number): void {
    if (!isNeeded) return;
    this.#guarded = `${pid}`;
    this.#shell ??= this.#start();
    this.#tell();
  }

  /** Guards nothing any more: the process has ended. */
  release(): void {
    this.#guarded = '';
    this.#tell();
  }

  /** Ends the shell. */
  close(): void {
    this.release();
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], env: {} });
    let cause: Error | undefined;
    shell.once('error', (error) => {
      cause = error;
    });
    if (shell.pid === undefined) {
      throw new UnitAbandonedError('engine', '/bin/sh, which guards its process, cannot be started', {
        cause,
      });
    }
    shell.stdin?.on('error', () => undefined);
    shell.once('exit', () => {
      if (this.#shell === shell) this.#replace();
    });
    return shell;
  }

  /** Somebody ended the shell: whatever is guarded gets another one. */
  #replace(): void {
    this.#shell = undefined;
    if (this.#guarded !== '') this.guard(Number(this.#guarded));
  }

  #tell(): void {
    this.#shell?.stdin?.write(`${this.#guarded}\n`);
  }
}
