import type { Job } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';
import type { Context } from '../context.js';
import type { Results } from './collect.js';

/** Tells since when batches of a job are gone from the chain's state. */
export const prunedText = ({
  id,
  batches,
  prunedBatches,
  prunedHeight,
  settledHeight,
}: Omit<Job, 'spec'>): string =>
  `${prunedBatches} of the ${batches} batches of job ${id}, which ended at height ${settledHeight}, left the chain's state until height ${prunedHeight}`;

/** Prints what came of a job; the exit code is 1 where something is missing. */
export function report({ job, manifest, missing, pruned }: Results, { out }: Context): void {
  const done = manifest.units.filter(({ status }) => status !== null);
  if (missing.length > 0) {
    out.progress(
      `the outputs of ${missing.length} units were shown by nobody: ${missing.slice(0, 10).join(', ')}`,
    );
    process.exitCode = 1;
  }
  if (pruned.length > 0) {
    out.progress(
      `${prunedText(job)}, and its blocks are gone from the nodes that were asked: nothing is known of ${pruned.length} units here. The sums stand; ask a node that keeps all blocks with --node URL, or an indexer's GraphQL what became of each unit`,
    );
    process.exitCode = 1;
  }
  const undone = manifest.units.length - done.length - pruned.length;
  if (undone > 0) {
    out.progress(`${undone} units were never done; their money is refunded`);
    process.exitCode = 1;
  }
  const byStatus = new Map<string, number>(pruned.length > 0 ? [['pruned', pruned.length]] : []);
  for (const { status } of done) byStatus.set(status ?? '', (byStatus.get(status ?? '') ?? 0) + 1);
  out.result(manifest, () =>
    [
      `job ${manifest.jobId}: ${[...byStatus].map(([status, count]) => `${count} ${status}`).join(', ')}`,
      `paid ${formatDmc(BigInt(manifest.paid))} DMC, fee ${formatDmc(BigInt(manifest.fee))}, royalty ${formatDmc(BigInt(manifest.royalty))}, audits ${formatDmc(BigInt(manifest.audits))}, refunded ${formatDmc(BigInt(manifest.refunded))} of ${formatDmc(BigInt(manifest.funded))}`,
    ].join('\n'),
  );
}
