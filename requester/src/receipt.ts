import type {
  Address,
  Block,
  ChainClient,
  EventData,
  Job,
  JobState,
  PlacedEvent,
  Udmc,
} from '@dmcn/chain-client';
import { type LifetimeOptions, lifetimeOf, namedBlocks } from './lifetime.js';

/** Where something happened. */
export interface Place {
  readonly height: number;
  /** Of the transaction that did it, null for what the block did by itself at its end. */
  readonly hash: string | null;
}

/** What one batch cost, and who was paid. */
export interface BatchReceipt {
  readonly batch: number;
  readonly epoch: number;
  readonly units: number;
  /** Owner of the worker. */
  readonly worker: Address;
  /** Price of the lease, udmc per 10^9 gas. */
  readonly ask: Udmc;
  readonly gas: bigint;
  /** To the worker; royalty to the module's author and fee to the community are on top. */
  readonly pay: Udmc;
  readonly royalty: Udmc;
  readonly fee: Udmc;
  readonly committed: Place | null;
  readonly opened: (Place & { readonly by: Address }) | null;
  /** Its hash is that of the acceptance, or null where the challenge window ran out. */
  readonly paid: Place;
}

export interface ReceiptSource {
  readonly kind: 'blocks';
  readonly from: number;
  readonly to: number;
  /** Blocks that were read. */
  readonly read: number;
  /** False where those that somebody named told everything. */
  readonly all: boolean;
}

/** Who was paid what for a job that is over: funded = paid + royalty + fee + audits + refunded. */
export interface JobReceipt {
  readonly jobId: bigint;
  readonly chainId: string;
  readonly moduleId: Uint8Array;
  readonly requester: Address;
  /** Of the module; receives the royalty. */
  readonly author: Address;
  readonly state: JobState;
  readonly funded: Udmc;
  readonly paid: Udmc;
  readonly royalty: Udmc;
  readonly fee: Udmc;
  readonly audits: Udmc;
  readonly submitted: Place;
  readonly refunded: { readonly amount: Udmc } & Place;
  /** Paid batches in the order of their numbers. */
  readonly batches: readonly BatchReceipt[];
  /** Batches that were never done. */
  readonly endedBatches: number;
  /** Where this was read: blocks from one height to another, compared with the chain's record of the job. */
  readonly source: ReceiptSource;
}

/** A receipt cannot be made, or not yet. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';
}

export interface ReceiptOptions extends LifetimeOptions {
  /**
   * Heights at which something happened to the job, as an index has them. Only those blocks are read, unless they do not
   * tell all that the chain's record of the job and its payments ask for.
   */
  readonly heights?: readonly number[] | undefined;
}

/**
 * The receipt of a job that is over, read from the blocks in which it lived.
 * @throws ReceiptError where the job is not over or its blocks contradict its record, HistoryGoneError
 */
export async function receiptOf(
  jobId: bigint,
  chain: ChainClient,
  { heights, ...options }: ReceiptOptions = {},
): Promise<JobReceipt> {
  const job = await chain.job(jobId);
  if (job.settledHeight === 0) {
    throw new ReceiptError(`job ${jobId} is not over yet; wait for it with "dmcn job wait ${jobId}"`);
  }
  if (heights !== undefined) {
    const some = new ReceiptNotes(jobId);
    for await (const block of namedBlocks(job, heights, chain, options)) some.read(block);
    if (some.isWhole(job)) return some.receipt(job, chain.chainId, false);
  }
  const notes = new ReceiptNotes(jobId);
  for await (const block of lifetimeOf(job, chain, options)) notes.read(block);
  return notes.receipt(job, chain.chainId, true);
}

/** Collects what the blocks say about one job. */
class ReceiptNotes {
  private readonly commits = new Map<string, Place>();
  private readonly openings = new Map<string, Place & { readonly by: Address }>();
  private readonly payments: { readonly data: EventData['BatchPaid']; readonly place: Place }[] = [];
  private submitted: Place | undefined;
  private settled: Place | undefined;
  private blocks = 0;

  constructor(private readonly jobId: bigint) {}

  read({ events, txs }: Block): void {
    this.blocks += 1;
    for (const event of events) {
      const hash = event.txIndex === null ? null : (txs[event.txIndex]?.hash ?? null);
      this.note(event, { height: event.height, hash });
    }
  }

  /** Whether the blocks tell of all payments of the job's record, and of what each was paid for. */
  isWhole(job: Job): boolean {
    const paid = this.batches();
    const isTold = paid.every(({ committed, opened }) => committed !== null && opened !== null);
    return isTold && paid.length === job.finalBatches && this.agrees(job, paid);
  }

  private agrees({ paid, royalties, fees }: Job, batches: readonly BatchReceipt[]): boolean {
    const isEqual =
      sum(batches, 'pay') === paid && sum(batches, 'royalty') === royalties && sum(batches, 'fee') === fees;
    return isEqual && this.submitted !== undefined && this.settled !== undefined;
  }

  private batches(): readonly BatchReceipt[] {
    return this.payments
      .map(({ data, place }): BatchReceipt => {
        const { batch, epoch, units, worker, ask, gasTotal: gas, pay, royalty, fee } = data;
        const key = `${batch}/${epoch}`;
        const committed = this.commits.get(key) ?? null;
        const opened = this.openings.get(key) ?? null;
        return { batch, epoch, units, worker, ask, gas, pay, royalty, fee, committed, opened, paid: place };
      })
      .toSorted((one, other) => one.batch - other.batch);
  }

  /** @throws ReceiptError where the blocks contradict the job's record */
  receipt(job: Job, chainId: string, all: boolean): JobReceipt {
    const batches = this.batches();
    const { paid, royalties: royalty, fees: fee } = job;
    const { submitted, settled } = this;
    if (submitted === undefined || settled === undefined || !this.agrees(job, batches)) {
      throw new ReceiptError(
        `the blocks tell of ${sum(batches, 'pay')} udmc paid for job ${job.id}, ${sum(batches, 'royalty')} royalty and ${sum(batches, 'fee')} fee, its record of ${paid}, ${royalty} and ${fee}; ask another node with --node URL`,
      );
    }
    return {
      jobId: job.id,
      chainId,
      moduleId: job.spec.moduleId,
      requester: job.requester,
      author: job.author,
      state: job.state,
      funded: job.funded,
      paid,
      royalty,
      fee,
      audits: job.audits,
      submitted,
      refunded: { amount: job.refunded, ...settled },
      batches,
      endedBatches: job.endedBatches,
      source: { kind: 'blocks', from: job.submittedHeight, to: job.settledHeight, read: this.blocks, all },
    };
  }

  private note(event: PlacedEvent, place: Place): void {
    if (event.type === 'JobSubmitted' && event.data.job.id === this.jobId) this.submitted = place;
    if (!('jobId' in event.data) || event.data.jobId !== this.jobId) return;
    switch (event.type) {
      case 'BatchCommitted':
        this.commits.set(`${event.data.batch}/${event.data.epoch}`, place);
        break;
      case 'BatchOpened':
        this.openings.set(`${event.data.batch}/${event.data.epoch}`, { ...place, by: event.data.opener });
        break;
      case 'BatchPaid':
        this.payments.push({ data: event.data, place });
        break;
      case 'JobSettled':
        this.settled = place;
        break;
    }
  }
}

const sum = (batches: readonly BatchReceipt[], part: 'pay' | 'royalty' | 'fee'): Udmc =>
  batches.reduce((total, batch) => total + batch[part], 0n);
