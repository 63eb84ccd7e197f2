import { formatDmc } from '@dmcn/protocol';
import type { Context } from '../context.js';
import type { Results } from './collect.js';

/** Prints what came of a job; the exit code is 1 where something is missing. */
export function report({ manifest, missing }: Results, { out }: Context): void {
  const done = manifest.units.filter(({ status }) => status !== null);
  if (missing.length > 0) {
    out.progress(
      `the outputs of ${missing.length} units were shown by nobody: ${missing.slice(0, 10).join(', ')}`,
    );
    process.exitCode = 1;
  }
  if (done.length < manifest.units.length) {
    out.progress(`${manifest.units.length - done.length} units were never done; their money is refunded`);
    process.exitCode = 1;
  }
  const byStatus = new Map<string, number>();
  for (const { status } of done) byStatus.set(status ?? '', (byStatus.get(status ?? '') ?? 0) + 1);
  out.result(manifest, () =>
    [
      `job ${manifest.jobId}: ${[...byStatus].map(([status, count]) => `${count} ${status}`).join(', ')}`,
      `paid ${formatDmc(BigInt(manifest.paid))} DMC, fee ${formatDmc(BigInt(manifest.fee))}, royalty ${formatDmc(BigInt(manifest.royalty))}, refunded ${formatDmc(BigInt(manifest.refunded))} of ${formatDmc(BigInt(manifest.funded))}`,
    ].join('\n'),
  );
}
