import type {
  Batch,
  Block,
  ChainClient,
  Commitment,
  EventData,
  Job,
  LeaseId,
  Opening,
} from '@dmcn/chain-client';
import { type LifetimeOptions, lifetimeOf } from './lifetime.js';

/**
 * The paid batches of a job that is over, from its blocks: for batches that have left the chain's state.
 * @throws HistoryGoneError
 */
export async function pastBatches(
  job: Job,
  chain: ChainClient,
  options?: LifetimeOptions,
): Promise<readonly Batch[]> {
  const past = new Past(job.id);
  for await (const block of lifetimeOf(job, chain, options)) past.read(block);
  return past.batches;
}

const keyOf = ({ batch, epoch }: Pick<LeaseId, 'batch' | 'epoch'>): string => `${batch}/${epoch}`;

class Past {
  readonly batches: Batch[] = [];
  private readonly offers = new Map<string, EventData['BatchOffered']['lease']>();
  private readonly commits = new Map<string, Commitment>();
  private readonly openings = new Map<string, Opening>();
  private readonly demands = new Set<string>();

  constructor(private readonly jobId: bigint) {}

  read({ events }: Block): void {
    for (const { type, data, height } of events) {
      if (!('batch' in data) || data.jobId !== this.jobId) continue;
      const key = keyOf(data);
      if (type === 'BatchOffered') this.offers.set(key, data.lease);
      if (type === 'BatchCommitted') this.commits.set(key, { ...data, height, liveTarget: 0 });
      if (type === 'BatchOpened') this.openings.set(key, { ...data, height });
      if (type === 'OutputDemanded') this.demands.add(key);
      if (type === 'BatchPaid') this.batches.push(this.paid(data, key));
    }
  }

  private paid({ batch: index, epoch, units }: EventData['BatchPaid'], key: string): Batch {
    const [lease, commitment, opening] = [
      this.offers.get(key),
      this.commits.get(key),
      this.openings.get(key),
    ];
    return {
      jobId: this.jobId,
      index,
      epoch,
      units,
      state: 'Final',
      deadline: 0,
      demanded: this.demands.has(key),
      disputes: [],
      settledUnits: [],
      ...(lease && { lease }),
      ...(commitment && { commitment }),
      ...(opening && { opening }),
    };
  }
}
