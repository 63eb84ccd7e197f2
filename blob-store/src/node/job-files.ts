import { appendFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobHold } from '../retention/retention.js';
import { isAbsent, syncDirectory } from './file-system.js';

const JOB_ID = /^[0-9a-zA-Z-]{1,64}$/;
const LINE = /^(account|index|blob|final) ([0-9a-z]{1,90});$/;

/** What is known of a job that is not forgotten. */
export interface JobRecord {
  readonly jobId: string;
  readonly hold: JobHold;
  readonly finalHeight: number | undefined;
}

/**
 * What jobs hold, a file each with a line for each fact, and the height up to which that is known. Lines are appended,
 * begin with a line break and end with a semicolon, so that one which a crash cut short counts for nothing and spoils no
 * other; taking a block in again is harmless.
 */
export class JobFiles {
  constructor(readonly dir: string) {}

  async list(): Promise<JobRecord[]> {
    await mkdir(this.dir, { recursive: true });
    const ids = (await readdir(this.dir)).filter((name) => JOB_ID.test(name) && name !== 'height');
    return Promise.all(
      ids.map(async (jobId) => recordOf(jobId, await readFile(this.#pathOf(jobId), 'utf8'))),
    );
  }

  async addHold(jobId: string, { account, indexes = [], blobs = [] }: JobHold): Promise<void> {
    const lines = [
      ...(account === undefined ? [] : [`account ${account}`]),
      ...indexes.map((hash) => `index ${hash}`),
      ...blobs.map((hash) => `blob ${hash}`),
    ];
    await this.#append(jobId, lines);
  }

  addRelease(jobId: string, height: number): Promise<void> {
    return this.#append(jobId, [`final ${height}`]);
  }

  async remove(jobId: string): Promise<void> {
    await rm(this.#pathOf(jobId), { force: true });
  }

  /** The last height that was saved. */
  async height(): Promise<number | undefined> {
    try {
      const height = Number((await readFile(join(this.dir, 'height'), 'utf8')).trim());
      return Number.isSafeInteger(height) && height > 0 ? height : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Says that every file has what happened up to a height. */
  async saveHeight(height: number): Promise<void> {
    const path = join(this.dir, 'height');
    const file = await open(`${path}.new`, 'w');
    try {
      await file.writeFile(`${height}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await syncDirectory(this.dir);
  }

  async #append(jobId: string, lines: readonly string[]): Promise<void> {
    if (!JOB_ID.test(jobId)) throw new RangeError(`"${jobId}" is no job id`);
    await appendFile(this.#pathOf(jobId), lines.map((line) => `\n${line};`).join(''), { flush: true });
  }

  #pathOf(jobId: string): string {
    return join(this.dir, jobId);
  }
}

function recordOf(jobId: string, text: string): JobRecord {
  const facts = text.split('\n').flatMap((line) => {
    const [, kind, value] = LINE.exec(line) ?? [];
    return kind !== undefined && value !== undefined ? [{ kind, value }] : [];
  });
  const all = (kind: string) => facts.filter((fact) => fact.kind === kind).map(({ value }) => value);
  const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);
  const [account] = all('account');
  const [finalHeight] = all('final').map(Number).filter(Number.isSafeInteger);
  return {
    jobId,
    hold: {
      ...(account !== undefined && { account }),
      indexes: all('index').filter(isHash),
      blobs: all('blob').filter(isHash),
    },
    finalHeight,
  };
}
