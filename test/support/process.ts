import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const command = fileURLToPath(new URL('../../dmcn', import.meta.url));

/** How a command line ended. `code` is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** A command line that goes on. */
export interface Running {
  readonly pid: number;
  /** What it wrote so far. */
  stdout(): string;
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  /** Resolves with what matched in its output; rejects where it ends or `seconds` pass before. */
  says(pattern: RegExp, seconds?: number): Promise<string>;
}

const running = new Set<ChildProcess>();

/** Ends by force what a test file started and, having failed, did not stop. */
export function endLeftovers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts `./dmcn` with arguments. Nothing of the caller's own dmcn settings reaches it. */
export function start(args: readonly string[], { env = {}, stdin }: RunOptions = {}): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('DMCN_') || name === 'DMCN_DMCND',
  );
  const all = { ...Object.fromEntries(inherited), ...env };
  return startProgram([process.execPath, command], args, { env: all, ...(stdin && { stdin }) });
}

export interface ProgramOptions {
  /** All of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  readonly cwd?: string;
}

/** Starts a program that is dmcn with arguments of its own. */
export function startProgram(
  [program, ...first]: readonly [string, ...string[]],
  args: readonly string[],
  { env, stdin, cwd }: ProgramOptions,
): Running {
  const child = spawn(program, [...first, ...args], { env, cwd });
  running.add(child);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  child.stdin.on('error', () => {}).end(stdin ?? '');
  let over: Ended | undefined;
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      running.delete(child);
      over = { code, ...written };
      resolve(over);
    });
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    kill: (signal) => void child.kill(signal),
    ended,
    says: (pattern, seconds = 60) =>
      until(
        `"dmcn ${args.slice(0, 2).join(' ')}" to say ${pattern}`,
        () => {
          const found = pattern.exec(written.stdout + written.stderr)?.[0];
          if (found === undefined && over) throw new Error(`it ended with ${over.code}: ${over.stderr}`);
          return found;
        },
        seconds,
      ),
  };
}

/** Runs `./dmcn` to its end. */
export const run = (args: readonly string[], options?: RunOptions): Promise<Ended> =>
  start(args, options).ended;

/** Whether a process runs. One that has ended and that nobody has asked about does not. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}
