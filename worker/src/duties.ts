import type { Audit, Batch, LeaseId } from '@dmcn/chain-client';

/** What a worker owes a batch that it holds. The chain's state alone decides, so that a restart changes nothing. */
export type Duty =
  | { readonly duty: 'accept' | 'work' | 'open'; readonly lease: LeaseId }
  | { readonly duty: 'post' | 'input'; readonly lease: LeaseId; readonly unit: number }
  | { readonly duty: 'audit'; readonly lease: LeaseId; readonly audit: Audit };

/** Names a duty for as long as it lasts. */
export const dutyKey = ({ duty, lease, ...more }: Duty): string =>
  `${duty} ${lease.jobId}/${lease.batch}/${lease.epoch}${'audit' in more ? `/${more.audit.index}` : ''}`;

/** The audits that wait for a worker's post and can still be posted at a height. */
export const auditDuties = (audits: readonly Audit[], height: number): readonly Duty[] =>
  audits
    .filter(({ state, deadline }) => state === 'Drawn' && height < deadline)
    .map((audit) => ({ duty: 'audit', lease: leaseOf(audit), audit }));

const leaseOf = ({ jobId, batch, epoch }: Audit): LeaseId => ({ jobId, batch, epoch });

/** The duties of `owner` at a height. While it drains it accepts nothing new. */
export const dutiesOf = (
  batches: readonly Batch[],
  owner: string,
  height: number,
  draining: boolean,
): readonly Duty[] =>
  batches
    .filter((batch) => batch.lease?.worker === owner)
    .map((batch) => dutyOf(batch, draining || height >= batch.deadline))
    .filter((duty) => duty !== undefined);

function dutyOf(batch: Batch, offerIsOver: boolean): Duty | undefined {
  const lease = { jobId: batch.jobId, batch: batch.index, epoch: batch.epoch };
  switch (batch.state) {
    case 'Offered':
      return offerIsOver ? undefined : { duty: 'accept', lease };
    case 'Leased':
      return { duty: 'work', lease };
    case 'Opening':
    case 'Withheld':
      return { duty: 'open', lease };
    case 'Queued':
      return batch.lateOpen === undefined
        ? undefined
        : { duty: 'open', lease: { ...lease, epoch: batch.lateOpen } };
    case 'Demanded':
      return batch.demand && { duty: 'post', lease, unit: batch.demand.unit };
    case 'Disputed': {
      // Whoever audited it and found another result may never show the input.
      const [first] = batch.disputes;
      const isMissing = first !== undefined && first.disputeId === undefined;
      return isMissing ? { duty: 'input', lease, unit: first.leaf.unit } : undefined;
    }
    case 'Committed':
    case 'AuditWait':
    case 'Challenge':
    case 'Voting':
    case 'Fraud':
    case 'Final':
    case 'Ended':
      return undefined;
  }
}
