import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DevnetProcess, Role } from './state.js';

/** A program to be started as one part of a devnet. */
export interface Part {
  readonly role: Role;
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly log: string;
  /** Whether the part answers. Tried until it does. */
  readonly ready: () => Promise<boolean>;
  /** Milliseconds until a part that does not answer has failed. */
  readonly patience: number;
}

/** A started part. */
export interface RunningPart extends DevnetProcess {
  readonly log: string;
  /** Settles when the process ends. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** A part ended or never answered; the message has the end of its log. */
export class PartFailedError extends Error {
  override readonly name = 'PartFailedError';
  constructor(
    readonly part: string,
    what: string,
    readonly log: string,
  ) {
    super(`${part} ${what}; the end of ${log} says:\n${tail(log)}`);
  }
}

/**
 * Starts a part in a process group of its own, so that a Ctrl-C reaches only the supervisor, and waits until it answers.
 * @throws PartFailedError
 */
export async function startPart(part: Part, signal: AbortSignal): Promise<RunningPart> {
  mkdirSync(dirname(part.log), { recursive: true });
  const log = openSync(part.log, 'a');
  const [program, ...args] = part.command;
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = endOf(child);
  let outcome: number | NodeJS.Signals | undefined;
  ended.then((value) => {
    outcome = value;
  });
  await spawned(child, part);
  const running = { role: part.role, name: part.name, pid: child.pid ?? 0, log: part.log, ended };
  const deadline = Date.now() + part.patience;
  for (;;) {
    const isReady = await part.ready().catch(() => false);
    if (outcome !== undefined) throw new PartFailedError(part.name, `ended with ${outcome}`, part.log);
    if (isReady) return running;
    if (signal.aborted || Date.now() > deadline) {
      await stopProcess(running.pid, 5_000);
      signal.throwIfAborted();
      throw new PartFailedError(part.name, `did not answer within ${part.patience / 1000} s`, part.log);
    }
    await sleep(100);
  }
}

/** Asks a process to end, and ends it by force when it has not within `graceMs`. */
export async function stopProcess(pid: number, graceMs: number): Promise<void> {
  send(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) {
      send(pid, 'SIGKILL');
      return;
    }
    await sleep(50);
  }
}

/** Whether a process of that id runs. A process that ended and was not yet reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

/** The command line of a process, empty where it does not run. */
export function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

function spawned(child: ChildProcess, part: Part): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new Error(`${part.name} cannot be started: ${part.command[0]} does not run`, { cause })),
    );
  });
}

function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1));
  });
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');
}
