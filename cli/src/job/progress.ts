import type { Job } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';

const WIDTH = 24;

/** One line about how far a job is. */
export function progressLine(job: Job, unitsOpened: number, unitsDone: number): string {
  const { units } = job.spec;
  const filled = Math.floor((WIDTH * unitsDone) / units);
  const half = Math.floor((WIDTH * Math.max(unitsOpened, unitsDone)) / units);
  const bar = '█'.repeat(filled) + '▒'.repeat(half - filled) + '░'.repeat(WIDTH - half);
  const batches = `${job.finalBatches}/${job.batches} batches`;
  return `job ${job.id} ${bar} ${unitsDone}/${units} units, ${batches}, paid ${formatDmc(job.paid)} DMC, ${job.state}`;
}
