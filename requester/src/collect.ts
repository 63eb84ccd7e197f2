import {
  type Batch,
  type ChainClient,
  ChainRejectedError,
  everyPage,
  found,
  type Job,
  type Leaf,
} from '@dmcn/chain-client';
import { batchRange } from '@dmcn/protocol';
import { differing, OutputsUnreadableError, readOutputs } from './outputs.js';
import type { RequesterIdentity, RequesterPorts } from './ports.js';
import { type LeafCheck, sampleUnits } from './verify.js';

/** A unit whose outcome the chain has settled, or whose batch ended without one. */
export interface UnitOutcome {
  readonly unit: number;
  readonly leaf?: Leaf;
  /** Owner of the worker. */
  readonly worker?: string;
  /** Price of the lease, udmc per 10^9 gas. */
  readonly ask?: bigint;
}

/** What happens while a job is collected. */
export type CollectEvent =
  | {
      readonly event: 'progress';
      readonly job: Job;
      readonly unitsOpened: number;
      readonly unitsDone: number;
    }
  | { readonly event: 'accepted'; readonly batch: number }
  | { readonly event: 'unreadable'; readonly batch: number; readonly error: OutputsUnreadableError }
  | { readonly event: 'demanded' | 'wrong'; readonly batch: number; readonly unit: number };

export interface CollectOptions {
  /** Checks a share of each batch's units before the batch is accepted; 0 accepts what its leaves name. */
  readonly verify?: { readonly rate: number; readonly check: LeafCheck };
  /** Receives an output once the chain has its hash. May be called again where a batch was done again. */
  readonly onOutput: (unit: number, output: Uint8Array) => Promise<void>;
  readonly onEvent: (event: CollectEvent) => void;
  readonly signal: AbortSignal;
}

/** A finished job and what became of each of its units. */
export interface Collected {
  readonly job: Job;
  readonly outcomes: readonly UnitOutcome[];
  /** Units that were done and paid but whose output nobody showed. */
  readonly missing: readonly number[];
}

/**
 * Follows a job to its end: reads the outputs of each batch, checks them against what was opened, verifies a share of
 * them, accepts batches that are right and demands outputs that cannot be read. Everything is read from the chain, so
 * that it can be called again at any time, also for a job that is over.
 */
export async function collectJob(
  jobId: bigint,
  identity: RequesterIdentity,
  ports: RequesterPorts,
  options: CollectOptions,
): Promise<Collected> {
  return new Collection(jobId, identity, ports, options).run();
}

class Collection {
  private readonly chain: ChainClient;
  private readonly outcomes = new Map<number, UnitOutcome>();
  /** Batches by `index/epoch` of which the outputs were handed over, and those where nothing is left to do. */
  private readonly opened = new Set<string>();
  private readonly settled = new Set<string>();
  /** Batches whose unreadable outputs were reported. */
  private readonly told = new Set<string>();
  /** Units whose output was handed over. */
  private readonly received = new Set<number>();

  constructor(
    private readonly jobId: bigint,
    private readonly identity: RequesterIdentity,
    private readonly ports: RequesterPorts,
    private readonly options: CollectOptions,
  ) {
    this.chain = ports.chain;
  }

  async run(): Promise<Collected> {
    const { signal } = this.options;
    const from = (await this.chain.status()).height;
    let job = await this.look();
    if (isOver(job)) return this.collected(job);
    for await (const block of this.chain.blocks({ from, signal })) {
      const concerns = block.events.some(({ data }) => 'jobId' in data && data.jobId === this.jobId);
      if (!concerns && block.height % 10 !== 0) continue;
      job = await this.look();
      if (isOver(job)) return this.collected(job);
    }
    throw signal.reason;
  }

  /** Does for every batch what its state allows, and returns the job. */
  private async look(): Promise<Job> {
    const job = await this.chain.job(this.jobId);
    const batches = await everyPage((page) => this.chain.batches({ ...page, jobId: this.jobId }));
    await Promise.all(batches.map((batch) => this.attend(job, batch)));
    this.options.onEvent({
      event: 'progress',
      job,
      unitsOpened: this.outcomes.size,
      unitsDone: doneUnits(job),
    });
    return job;
  }

  private async attend(job: Job, batch: Batch): Promise<void> {
    const key = `${batch.index}/${batch.epoch}`;
    if (this.settled.has(key)) return;
    if (batch.state === 'Ended') this.forget(job, batch);
    if (batch.state === 'Final' || batch.state === 'Challenge') {
      const right = this.opened.has(key) || (await this.receive(job, batch, key));
      if (batch.state === 'Final') this.settled.add(key);
      else if (right) await this.accept(batch, key);
    }
  }

  /** Hands the outputs over. False where the batch should not be accepted. */
  private async receive(job: Job, batch: Batch, key: string): Promise<boolean> {
    const { signal, onEvent } = this.options;
    const id = { jobId: job.id, batch: batch.index, epoch: batch.epoch };
    const { leaves } = await this.chain.openingOf({
      ...id,
      ...(batch.opening && { height: batch.opening.height }),
    });
    for (const leaf of leaves) {
      const lease = batch.lease && { worker: batch.lease.worker, ask: batch.lease.ask };
      this.outcomes.set(leaf.unit, { unit: leaf.unit, leaf, ...lease });
    }
    let outputs: readonly Uint8Array[] = [];
    try {
      outputs = await readOutputs(job, batch, this.identity, this.ports, signal);
    } catch (error) {
      if (!(error instanceof OutputsUnreadableError)) throw error;
      if (!this.told.has(key)) onEvent({ event: 'unreadable', batch: batch.index, error });
      this.told.add(key);
    }
    const missing = new Set(differing(outputs, leaves));
    for (const [i, leaf] of leaves.entries()) {
      const output = outputs[i];
      if (output !== undefined && !missing.has(i)) await this.handOver(leaf.unit, output);
    }
    const wanted = leaves.find((_, i) => missing.has(i));
    if (wanted !== undefined) return this.recover(batch, wanted);
    this.opened.add(key);
    return this.isVerified(batch, leaves, key);
  }

  /** Takes the output that answered a demand, or demands it. */
  private async recover(batch: Batch, { unit }: Leaf): Promise<boolean> {
    const id = { jobId: this.jobId, batch: batch.index, epoch: batch.epoch, unit };
    if (batch.demanded) {
      const posted = await found(this.chain.postedOutputOf(id));
      if (posted !== undefined) await this.handOver(unit, posted.output);
    } else if (batch.state === 'Challenge') {
      await this.chain.demandOutput(id, this.asRequester());
      this.options.onEvent({ event: 'demanded', batch: batch.index, unit });
    }
    return false;
  }

  private async handOver(unit: number, output: Uint8Array): Promise<void> {
    await this.options.onOutput(unit, output);
    this.received.add(unit);
  }

  private forget({ spec }: Job, { index }: Batch): void {
    const { firstUnit, length } = batchRange(spec, index);
    for (let unit = firstUnit; unit < firstUnit + length; unit += 1) this.outcomes.delete(unit);
  }

  private async isVerified(batch: Batch, leaves: readonly Leaf[], key: string): Promise<boolean> {
    const { verify, signal, onEvent } = this.options;
    if (verify === undefined || batch.state !== 'Challenge') return true;
    for (const leaf of sampleUnits(leaves, verify.rate)) {
      if (await verify.check(leaf, signal)) continue;
      onEvent({ event: 'wrong', batch: batch.index, unit: leaf.unit });
      this.settled.add(key);
      return false;
    }
    return true;
  }

  private async accept(batch: Batch, key: string): Promise<void> {
    const id = { jobId: this.jobId, batch: batch.index, epoch: batch.epoch };
    try {
      await this.chain.acceptBatch(id, this.asRequester());
      this.options.onEvent({ event: 'accepted', batch: batch.index });
    } catch (error) {
      if (!(error instanceof ChainRejectedError)) throw error;
    }
    this.settled.add(key);
  }

  private collected(job: Job): Collected {
    const outcomes = Array.from({ length: job.spec.units }, (_, unit) => this.outcomes.get(unit) ?? { unit });
    const missing = outcomes
      .filter(({ unit, leaf }) => leaf && !this.received.has(unit))
      .map(({ unit }) => unit);
    return { job, outcomes, missing };
  }

  private asRequester() {
    return { signer: this.identity.signer, signal: this.options.signal };
  }
}

const isOver = (job: Job): boolean => job.state === 'Settled' || job.state === 'Expired';

function doneUnits({ finalBatches, batches, spec }: Job): number {
  return finalBatches === batches ? spec.units : Math.min(finalBatches * spec.batchSize, spec.units);
}
