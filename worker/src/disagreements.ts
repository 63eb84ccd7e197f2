import {
  type Audit,
  type Batch,
  type Block,
  type ChainReader,
  everyPage,
  found,
  type LeaseId,
} from '@dmcn/chain-client';
import type { Duty } from './duties.js';

/**
 * Remembers whether this worker audited something and found another result than was opened: then it shows the input of the
 * disputed unit, so that referees can decide.
 */
export class Disagreements {
  /** Whether there may be one. */
  private expected = true;

  constructor(
    private readonly owner: string,
    private readonly chain: ChainReader,
  ) {}

  /** Learns from a block; true where it may ask for an input. */
  observe({ events }: Block): boolean {
    let concerns = false;
    for (const { type, data } of events) {
      if (
        type === 'AuditStateChanged' &&
        data.audit.auditor === this.owner &&
        data.audit.state === 'Differed'
      )
        this.expected = concerns = true;
      else if (type === 'BatchStateChanged' || type === 'WithheldStateChanged')
        concerns ||= this.expected && data.newState === 'Disputed';
    }
    return concerns;
  }

  /** The inputs that batches wait for, of units that this worker found to differ. */
  async duties(): Promise<readonly Duty[]> {
    if (!this.expected) return [];
    const { owner: auditor, chain } = this;
    const posted = await everyPage((page) => chain.auditorAudits({ ...page, auditor, posted: true }));
    const differing = posted.filter(({ state }) => state === 'Differed');
    this.expected = differing.length > 0;
    const batches = await Promise.all(differing.map((audit) => this.batchOf(audit)));
    return differing.flatMap((audit, i) => inputDuty(audit, batches[i]));
  }

  /** The audited epoch: the batch itself, or what is withheld beside it. */
  private async batchOf({ jobId, batch, epoch }: LeaseId): Promise<Batch | undefined> {
    const now = await found(this.chain.batch({ jobId, batch }));
    if (now === undefined || now.epoch <= epoch) return now;
    const withheld = await everyPage((page) => this.chain.withheldBatches({ ...page, jobId }));
    return withheld.find((each) => each.index === batch && each.epoch === epoch);
  }
}

/** The duty to show an input: the first unit that a batch is disputed about, where nobody has shown it and the audit differs in it. */
export function inputDuty(
  { jobId, batch: index, epoch, differing }: Audit,
  batch: Batch | undefined,
): Duty[] {
  if (batch?.state !== 'Disputed' || batch.epoch !== epoch) return [];
  const [first] = batch.disputes;
  if (first === undefined || first.disputeId !== undefined || !differing.includes(first.leaf.unit)) return [];
  return [{ duty: 'input', lease: { jobId, batch: index, epoch }, unit: first.leaf.unit }];
}
