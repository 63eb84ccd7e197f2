import type { Block, LeaseId } from '@dmcn/chain-client';

/** A batch of another worker that this one holds K of. */
interface Watched {
  readonly lease: LeaseId;
  /** Height since which it waits to be opened, 0 while it does not. */
  since: number;
}

/** Remembers for which batches of others this worker is an opener, and which of them have waited too long. */
export class OpenerWatch {
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly owner: string,
    private readonly patience: number,
  ) {}

  /** Learns from a block; true where the block concerns this worker in any way. */
  observe(block: Block): boolean {
    let concerns = false;
    for (const event of block.events) {
      switch (event.type) {
        case 'BatchOffered':
          concerns ||= event.data.lease.worker === this.owner;
          break;
        case 'BatchCommitted':
          if (event.data.worker !== this.owner && event.data.keyRecipients.includes(this.owner)) {
            const { jobId, batch, epoch } = event.data;
            this.watched.set(`${jobId}/${batch}`, { lease: { jobId, batch, epoch }, since: 0 });
          }
          break;
        case 'BatchStateChanged':
          concerns ||= event.data.worker === this.owner;
          this.follow(event.data, block.height);
          break;
      }
    }
    return concerns;
  }

  /** Batches that have waited for longer than the patience at a height. */
  overdue(height: number): LeaseId[] {
    return [...this.watched.values()]
      .filter(({ since }) => since > 0 && height - since >= this.patience)
      .map(({ lease }) => lease);
  }

  /** Forgets a batch. */
  done({ jobId, batch }: LeaseId): void {
    this.watched.delete(`${jobId}/${batch}`);
  }

  private follow(change: LeaseId & { newState: string | undefined }, height: number): void {
    const entry = this.watched.get(`${change.jobId}/${change.batch}`);
    if (entry === undefined) return;
    if (change.newState === 'Opening') entry.since = height;
    else if (change.newState !== 'Committed' && change.newState !== 'Queued') this.done(change);
  }
}
