import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import type { Engine } from '../engine.js';
import { writeBatch } from './batch.js';
import type { Answer } from './run-batch.js';
import { runToTheEnd } from './run-to-the-end.js';

/** How a shell is started on cases `first` to `last` (excluded) of a batch. */
export interface Shell {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  readonly args: readonly string[];
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
