import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Status } from '@dmcn/runtime';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import type { Engine } from '../engine.js';
import { writeBatch } from './batch.js';
import type { Answer } from './run-batch.js';

/** How a shell is started on cases `first` to `last` (excluded) of a batch. */
export interface Shell {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** What runs cases of a batch and tells each answer; resolves at its end, with a reason where it came too early. */
export type RunCases = (
  first: number,
  last: number,
  limitMs: number,
  tell: (answer: Answer) => void,
) => Promise<string | undefined>;

/** Milliseconds that a case may take beside what its gas takes. */
const CASE_MS = 20_000;

/** Gas that any engine here gets through in a millisecond, at its slowest. */
const GAS_A_MS = 20_000n;

/**
 * The outcomes of all cases. Where the engine dies, the first case without an answer is tried again alone, and blamed if that
 * gives none either: lines that a dying process printed last may be lost.
 */
export async function runToTheEnd(cases: readonly Case[], run: RunCases): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = cases.map(() => undefined);
  const tell = (answer: Answer): void => {
    outcomes[answer.index] = outcomeOf(answer);
  };
  for (;;) {
    const first = outcomes.indexOf(undefined);
    if (first < 0) return outcomes as Outcome[];
    await run(first, cases.length, limitOf(cases.slice(first)), tell);
    const blamed = outcomes.indexOf(undefined);
    if (blamed < 0) continue;
    const reason = await run(blamed, blamed + 1, limitOf(cases.slice(blamed, blamed + 1)), tell);
    outcomes[blamed] ??= { kind: 'none', reason: reason ?? 'no answer' };
  }
}

function limitOf(cases: readonly Case[]): number {
  const gas = cases.reduce((sum, { gasLimit }) => sum + gasLimit, 0n);
  return CASE_MS + cases.length * 20 + Number(gas / GAS_A_MS);
}

function outcomeOf(answer: Answer): Outcome {
  if ('none' in answer) return { kind: 'none', reason: answer.none };
  const { status, exitCode, gas, output, instrumented } = answer;
  return { kind: 'result', status: status as Status, exitCode, gas: BigInt(gas), output, instrumented };
}

/** An engine that is a command: one process for each list of cases. */
export class ProcessEngine implements Engine {
  constructor(private readonly shell: Shell) {}

  get name(): string {
    return this.shell.name;
  }

  get version(): string {
    return this.shell.version;
  }

  async run(cases: readonly Case[]): Promise<Outcome[]> {
    const directory = await mkdtemp(path.join(tmpdir(), `dmcn-${this.name}-`));
    try {
      const batch = path.join(directory, 'batch');
      await writeFile(batch, writeBatch(cases));
      return await runToTheEnd(cases, (first, last, limitMs, tell) =>
        this.#start([batch, `${first}`, `${last}`], limitMs, tell),
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  #start(
    which: readonly string[],
    limitMs: number,
    tell: (answer: Answer) => void,
  ): Promise<string | undefined> {
    const { command, args } = this.shell;
    return new Promise((resolve, reject) => {
      const child = spawn(command, [...args, ...which], { stdio: ['ignore', 'pipe', 'pipe'], env: {} });
      let last = '';
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        child.kill('SIGKILL');
      }, limitMs);
      const heard = (line: string): void => {
        if (line.startsWith('{')) tell(JSON.parse(line) as Answer);
        else if (line !== '') last = line;
      };
      const lines = [child.stdout, child.stderr].map((stream) =>
        createInterface({ input: stream }).on('line', heard),
      );
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        for (const each of lines) each.close();
        if (isLate) resolve(`killed after ${limitMs} ms`);
        else
          resolve(
            code === 0 && last === '' ? undefined : `ended by ${signal ?? `exit code ${code}`}: ${last}`,
          );
      });
    });
  }

  async close(): Promise<void> {}
}
