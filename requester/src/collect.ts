import { type Batch, BlockUnavailableError, everyPage, type Job } from '@dmcn/chain-client';
import type { Collected, CollectOptions } from './collected.js';
import { Harvest } from './harvest.js';
import { HistoryGoneError } from './lifetime.js';
import { pastBatches } from './past-batches.js';
import { isPassing, patiently, pause } from './patience.js';
import type { RequesterIdentity, RequesterPorts } from './ports.js';

/**
 * Follows a job to its end: reads the outputs of each batch, checks them against what was opened, verifies a share of
 * them, accepts batches that are right and demands outputs that cannot be read. Everything is read from the chain, so
 * that it can be called again at any time, also for a job that is over. Nodes and stores that fail only delay it.
 */
export async function collectJob(
  jobId: bigint,
  identity: RequesterIdentity,
  ports: RequesterPorts,
  options: CollectOptions,
): Promise<Collected> {
  return new Collection(jobId, identity, ports, options).run();
}

/** How long without a block before it is asked whether the node still answers, in milliseconds. */
const QUIET_MS = 5_000;
/** Blocks between two looks at a job of which nothing is heard. */
const IDLE_BLOCKS = 10;

class Collection {
  private readonly harvest: Harvest;
  private isTroubled = false;
  private heardAt = Date.now();
  private past: readonly Batch[] | undefined;
  private isHistoryGone = false;

  constructor(
    private readonly jobId: bigint,
    identity: RequesterIdentity,
    private readonly ports: RequesterPorts,
    private readonly options: CollectOptions,
  ) {
    this.harvest = new Harvest(identity, ports, options);
  }

  async run(): Promise<Collected> {
    const ended = new AbortController();
    const quietly = AbortSignal.any([this.options.signal, ended.signal]);
    void this.listen(quietly);
    try {
      const job = await this.follow();
      await this.harvest.lastTries(job);
      return { job, ...this.harvest.result(job, this.isHistoryGone) };
    } finally {
      ended.abort();
    }
  }

  /** Looks whenever a block says something about the job, until it is over. */
  private async follow(): Promise<Job> {
    const { chain } = this.ports;
    const { signal } = this.options;
    const concerns = (data: object) => 'jobId' in data && data.jobId === this.jobId;
    for (;;) {
      const { height: from } = await this.ask(() => chain.status());
      const job = await this.look(from);
      if (isOver(job)) return job;
      try {
        for await (const { height, events } of chain.blocks({ from: from + 1, signal })) {
          this.heardAt = Date.now();
          const isHeard = events.some(({ data }) => concerns(data));
          if (!isHeard && !this.harvest.isWaiting && height % IDLE_BLOCKS !== 0) continue;
          const now = await this.look(height);
          if (isOver(now)) return now;
        }
      } catch (error) {
        if (!(error instanceof BlockUnavailableError)) throw error;
      }
      signal.throwIfAborted();
    }
  }

  /** Does for every batch what its state allows, and returns the job. */
  private look(height: number): Promise<Job> {
    const { chain } = this.ports;
    return this.ask(async () => {
      const job = await chain.job(this.jobId);
      const stored = await everyPage((page) => chain.batches({ ...page, jobId: this.jobId }));
      const batches = [...(await this.pruned(job)), ...stored];
      const attended = await Promise.allSettled(
        batches.map((batch) => this.harvest.attend(job, batch, height)),
      );
      const failed = attended.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
      const unitsOpened = this.harvest.unitsOpened;
      this.options.onEvent({ event: 'progress', job, unitsOpened, unitsDone: doneUnits(job) });
      return job;
    });
  }

  /** What has left the chain's state, some time after the job was over, is read from its blocks, once. */
  private async pruned(job: Job): Promise<readonly Batch[]> {
    const { prunedBatches } = job;
    if (prunedBatches === 0) return [];
    try {
      this.past ??= await pastBatches(job, this.ports.chain, { signal: this.options.signal });
    } catch (error) {
      if (!(error instanceof HistoryGoneError)) throw error;
      this.past = [];
      this.isHistoryGone = true;
    }
    return this.past.filter(({ index }) => index < prunedBatches);
  }

  private async ask<T>(work: () => Promise<T>): Promise<T> {
    const onTrouble = (error: unknown) => this.trouble(error);
    const answer = await patiently(work, { signal: this.options.signal, onTrouble });
    this.calm();
    return answer;
  }

  /** While no block comes, finds out whether the chain can be asked at all. */
  private async listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(signal, QUIET_MS);
      if (signal.aborted || Date.now() - this.heardAt < QUIET_MS) continue;
      await this.ports.chain.status().then(
        () => this.calm(),
        (error) => isPassing(error) && this.trouble(error),
      );
    }
  }

  private trouble(error: unknown): void {
    if (!this.isTroubled) this.options.onEvent({ event: 'unreachable', error });
    this.isTroubled = true;
  }

  private calm(): void {
    this.heardAt = Date.now();
    if (this.isTroubled) this.options.onEvent({ event: 'reachable' });
    this.isTroubled = false;
  }
}

const isOver = (job: Job): boolean => job.state === 'Settled' || job.state === 'Expired';

function doneUnits({ finalBatches, batches, spec }: Job): number {
  return finalBatches === batches ? spec.units : Math.min(finalBatches * spec.batchSize, spec.units);
}
