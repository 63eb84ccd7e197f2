import type { Batch } from '../types/batch.js';
import type { Block } from '../types/block.js';
import type { LeaseId } from '../types/primitives.js';

/** A batch of a worker that somebody else holds K of too. */
export interface Watched {
  readonly lease: LeaseId;
  /** Openers that come before it. */
  readonly rank: number;
  /** Height since which it waits to be opened, 0 while it does not. */
  readonly since: number;
}

/** Remembers for which batches of others an account is an opener, and which of them have waited too long. */
export class OpenerWatch {
  private readonly watched = new Map<string, Watched>();
  /** Counts what changed, so that somebody can keep it. */
  changes = 0;

  constructor(
    private readonly account: string,
    private readonly patience: number,
  ) {}

  /** Learns from a block; true where the block concerns the account's own batches or audits. */
  observe(block: Block): boolean {
    let concerns = false;
    for (const event of block.events) {
      switch (event.type) {
        case 'BatchOffered':
          concerns ||= event.data.lease.worker === this.account;
          break;
        case 'BatchCommitted': {
          const { worker, keyRecipients, jobId, batch, epoch } = event.data;
          const rank = keyRecipients.filter((each) => each !== worker).indexOf(this.account);
          if (worker !== this.account && rank >= 0)
            this.set({ lease: { jobId, batch, epoch }, rank, since: 0 });
          break;
        }
        case 'AuditStateChanged':
          concerns ||= event.data.audit.auditor === this.account;
          break;
        case 'WithheldStateChanged':
          concerns ||= event.data.worker === this.account;
          break;
        case 'BatchStateChanged':
          concerns ||= event.data.worker === this.account;
          this.follow(event.data, event.data.newState, block.height);
          break;
      }
    }
    return concerns;
  }

  /** Goes on with what was watched before, after a look at each batch as it stands at a height. */
  restore(before: Watched, batch: Batch | undefined, height: number): void {
    const { epoch } = before.lease;
    const isLate = batch?.state === 'Queued' && batch.lateOpen === epoch;
    if (batch === undefined || !(isLate || batch.epoch === epoch)) return;
    this.set({ ...before, since: 0 });
    this.follow(before.lease, isLate ? 'Opening' : batch.state, height);
  }

  /** Batches that have waited for longer than the patience at a height, longer the more openers come before. */
  overdue(height: number): LeaseId[] {
    return [...this.watched.values()]
      .filter(({ since, rank }) => since > 0 && height - since >= this.patience * (rank + 1))
      .map(({ lease }) => lease);
  }

  /** All batches that it may have to open. */
  get all(): readonly Watched[] {
    return [...this.watched.values()];
  }

  /** Forgets a batch. */
  done(lease: LeaseId): void {
    if (this.watched.delete(keyOf(lease))) this.changes += 1;
  }

  private follow(lease: LeaseId, state: Batch['state'] | undefined, height: number): void {
    const entry = this.watched.get(keyOf(lease));
    if (entry === undefined) return;
    if (state === 'Opening') {
      if (entry.since === 0) this.set({ ...entry, since: height });
    } else if (state !== 'Committed' && state !== 'AuditWait' && state !== 'Queued') this.done(lease);
  }

  private set(watched: Watched): void {
    this.watched.set(keyOf(watched.lease), watched);
    this.changes += 1;
  }
}

const keyOf = ({ jobId, batch }: LeaseId): string => `${jobId}/${batch}`;
