import type { Audit, Batch } from '@dmcn/chain-client';
import type { Watched } from '@dmcn/chain-client/acting';
import type { Held } from './state.js';

/** What a worker owes before it can leave: its leases, its openings and answers, and the openings that others count on. */
export function heldBy(
  owner: string,
  batches: readonly Batch[],
  watched: readonly Watched[],
  audits: readonly Audit[],
): readonly Held[] {
  const own = batches.flatMap((batch): Held[] => {
    const until = batch.lease?.worker === owner ? untilOf(batch) : undefined;
    if (until === undefined) return [];
    const lease = { jobId: batch.jobId, batch: batch.index, epoch: batch.lateOpen ?? batch.epoch };
    return [{ lease, until, ...(batch.deadline > 0 && { deadline: batch.deadline }) }];
  });
  const drawn = audits.map(({ jobId, batch, epoch, deadline }) => ({
    lease: { jobId, batch, epoch },
    until: 'audited' as const,
    deadline,
  }));
  const others = watched.map(({ lease }) => ({ lease, until: 'opened for its worker' as const }));
  return [...own, ...drawn, ...others];
}

function untilOf({ state, lateOpen }: Batch): Held['until'] | undefined {
  switch (state) {
    case 'Leased':
      return 'committed';
    case 'Committed':
    case 'AuditWait':
    case 'Opening':
    case 'Withheld':
      return 'opened';
    case 'Queued':
      return lateOpen === undefined ? undefined : 'opened';
    case 'Demanded':
      return 'posted';
    case 'Offered':
    case 'Challenge':
    case 'Disputed':
    case 'Voting':
    case 'Fraud':
    case 'Final':
    case 'Ended':
      return undefined;
  }
}
