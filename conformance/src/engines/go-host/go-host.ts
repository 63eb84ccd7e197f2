import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import type { Engine } from '../engine.js';
import { LineProcess } from '../line-process.js';
import { type Job, jobOf, outcomeOf } from './job.js';
import { profileLine } from './profile-line.js';

/** Jobs that the process has before it answered the first of them. */
const IN_FLIGHT = 4;
const START_LIMIT_MS = 60_000;

export interface GoHostOptions {
  readonly name: string;
  /** Starts the program. */
  readonly command: readonly string[];
  /** Milliseconds that a case with this gas limit may take, compiling included. */
  readonly timeLimit: (gasLimit: bigint) => number;
}

interface Started {
  readonly process: LineProcess;
  readonly version: string;
}

/** An engine in a process of the program in `host/`. */
export class GoHost implements Engine {
  #process: LineProcess | undefined;

  private constructor(
    private readonly options: GoHostOptions,
    private readonly folder: string,
    readonly version: string,
    process: LineProcess,
  ) {
    this.#process = process;
  }

  get name(): string {
    return this.options.name;
  }

  static async start(options: GoHostOptions): Promise<GoHost> {
    const { process, version } = await started(options);
    return new GoHost(options, await mkdtemp(join(tmpdir(), 'dmcn-host-')), version, process);
  }

  async run(cases: readonly Case[]): Promise<Outcome[]> {
    const parts = cases.map(jobOf);
    const jobs = parts.filter((part): part is Job => 'code' in part);
    const outcomes = (await this.#runJobs(jobs)).values();
    return parts.map((part) => ('code' in part ? (outcomes.next().value as Outcome) : part));
  }

  async close(): Promise<void> {
    await this.#process?.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #runJobs(jobs: readonly Job[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const { lines, files } = await this.#write(jobs);
    const limits = jobs.map(({ gasLimit }) => this.options.timeLimit(gasLimit));
    while (outcomes.length < lines.length) {
      try {
        this.#process ??= (await started(this.options)).process;
        await answers(this.#process, lines, limits, outcomes);
      } catch (error) {
        await this.#process?.end();
        this.#process = undefined;
        outcomes.push({ kind: 'none', reason: error instanceof Error ? error.message : String(error) });
      }
    }
    await Promise.all(files.map((file) => rm(file)));
    return outcomes;
  }

  /** The lines that ask for the jobs, and the files of code that they name. */
  async #write(jobs: readonly Job[]): Promise<{ lines: string[]; files: string[] }> {
    const written = new Map<Uint8Array, string>();
    for (const { code } of jobs) {
      if (written.has(code)) continue;
      const file = join(this.folder, `${createHash('sha256').update(code).digest('hex')}.wasm`);
      written.set(code, file);
      await writeFile(file, code);
    }
    const lines = jobs.map(({ code, fields }) => JSON.stringify({ ...fields, code: written.get(code) }));
    return { lines, files: [...new Set(written.values())] };
  }
}

async function started({ command }: GoHostOptions): Promise<Started> {
  const process = new LineProcess(command);
  process.send(profileLine());
  const { version } = JSON.parse(await process.receive(START_LIMIT_MS)) as { version: string };
  return { process, version };
}

/**
 * Appends the outcomes of the lines that have none yet. Rejects at the first one to which no answer comes within its
 * limit, with all before it appended.
 */
async function answers(
  process: LineProcess,
  lines: readonly string[],
  limits: readonly number[],
  outcomes: Outcome[],
): Promise<void> {
  let sent = outcomes.length;
  while (outcomes.length < lines.length) {
    for (; sent < Math.min(lines.length, outcomes.length + IN_FLIGHT); sent++)
      process.send(lines[sent] ?? '');
    outcomes.push(outcomeOf(await process.receive(limits[outcomes.length] ?? 0)));
  }
}
