import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable.js';

/** What a home remembers of a job that it submitted. */
export interface JobRecord {
  readonly chainId: string;
  readonly jobId: string;
  /** Names of the inputs in the order of the units. */
  readonly names: readonly string[];
  /** Name of the key that submitted it. */
  readonly from: string;
}

const file = (home: string, chainId: string, jobId: bigint) => join(home, 'jobs', `${chainId}-${jobId}.json`);

export const rememberJob = (home: string, record: JobRecord): Promise<void> =>
  writeDurably(file(home, record.chainId, BigInt(record.jobId)), `${JSON.stringify(record)}\n`);

/** What is remembered of a job, undefined where another home submitted it. */
export function recallJob(home: string, chainId: string, jobId: bigint): JobRecord | undefined {
  try {
    return JSON.parse(readFileSync(file(home, chainId, jobId), 'utf8')) as JobRecord;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
