import type { Address, Block, ChainEvent } from '@dmcn/chain-client';

/** Owners that are remembered; the ones seen longest ago are forgotten first. */
const MOST = 1_000;

/** Remembers which workers' own messages were in the blocks lately. */
export class Liveness {
  private readonly seen = new Map<Address, number>();

  observe({ height, events }: Block): void {
    for (const event of events) {
      const alive = actorOf(event);
      if (alive) this.note(alive, height);
      const gone = absentee(event);
      if (gone) this.seen.delete(gone);
    }
  }

  /** Workers seen at a height or later. */
  since(height: number): readonly Address[] {
    return [...this.seen].filter(([, at]) => at >= height).map(([owner]) => owner);
  }

  private note(owner: Address, height: number): void {
    this.seen.delete(owner);
    this.seen.set(owner, height);
    const oldest = this.seen.keys().next().value;
    if (this.seen.size > MOST && oldest !== undefined) this.seen.delete(oldest);
  }
}

/** The worker that an event shows to be there. */
function actorOf({ type, data }: ChainEvent): Address | undefined {
  switch (type) {
    case 'WorkerRegistered':
      return data.worker.owner;
    case 'BatchCommitted':
      return data.worker;
    case 'BatchStateChanged':
      return data.newState === 'Leased' ? data.worker : undefined;
    case 'WorkerStatusChanged':
      return data.newStatus === 'Active' ? data.owner : undefined;
    default:
      return undefined;
  }
}

/** The worker that an event shows to be away. */
function absentee({ type, data }: ChainEvent): Address | undefined {
  switch (type) {
    case 'Lapsed':
      return data.lapse.owner;
    case 'ReputationChanged':
      return data.missed > 0 || data.cause === 'not_opened' ? data.owner : undefined;
    case 'WorkerStatusChanged':
      return data.newStatus === 'Active' ? undefined : data.owner;
    default:
      return undefined;
  }
}
