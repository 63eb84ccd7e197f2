import { BlobError } from '@dmcn/blob-store';
import { type Batch, ChainRejectedError, everyPage, found, type Job, type Leaf } from '@dmcn/chain-client';
import { batchRange } from '@dmcn/protocol';
import { challengeOf } from './challenge.js';
import type { Collected, CollectOptions, UnitOutcome } from './collected.js';
import { createMemoryJournal } from './journal.js';
import { executeOnce, type Once } from './once.js';
import { differing, OutputsUnreadableError, readOutputs } from './outputs.js';
import { pause } from './patience.js';
import type { RequesterIdentity, RequesterPorts } from './ports.js';
import { Verifier } from './verifier.js';

/** Blocks of the challenge window within which outputs are demanded although their store may come back. */
const DEMAND_BLOCKS = 5;
/** Pauses between the tries to reach a store once the job is over, in milliseconds. */
const LAST_PAUSES = [1_000, 2_000, 4_000, 8_000];

/** What was had of a job's batches so far, and what is still to be done for each. */
export class Harvest {
  private readonly outcomes = new Map<number, UnitOutcome>();
  /** Leaves of batches by `index/epoch` whose outputs were all handed over. */
  private readonly opened = new Map<string, readonly Leaf[]>();
  /** Batches by index whose units still run here. */
  private readonly unverified = new Map<number, Batch>();
  /** Batches where nothing is left to do. */
  private readonly settled = new Set<string>();
  /** Batches whose unreadable outputs were reported. */
  private readonly told = new Set<string>();
  /** Batches whose outputs lie in a store that does not answer. */
  private readonly unreached = new Set<string>();
  /** Units whose output was handed over. */
  private readonly received = new Set<number>();
  private readonly journal;
  private readonly verifier: Verifier | undefined;

  constructor(
    private readonly identity: RequesterIdentity,
    private readonly ports: RequesterPorts,
    private readonly options: CollectOptions,
  ) {
    this.journal = ports.journal ?? createMemoryJournal();
    const { verify, signal } = options;
    if (verify) this.verifier = new Verifier(verify.rate, verify.run, signal);
  }

  get unitsOpened(): number {
    return this.outcomes.size;
  }

  /** Whether a store or a unit that runs here is waited for, so that the next block should be looked at. */
  get isWaiting(): boolean {
    return this.unreached.size > 0 || this.unverified.size > 0;
  }

  /** Does for a batch what its state allows at a height. */
  async attend(job: Job, batch: Batch, height: number): Promise<void> {
    const key = keyOf(batch);
    if (this.settled.has(key)) return;
    this.unverified.delete(batch.index);
    if (batch.state === 'Ended') this.forget(job, batch);
    else if (batch.commitment) this.verifier?.begin(job, batch);
    if (batch.state !== 'Final' && batch.state !== 'Challenge') return;
    const leaves = this.opened.get(key) ?? (await this.receive(job, batch, height));
    const isRight = leaves !== undefined && (await this.isVerified(job, batch, leaves));
    if (batch.state === 'Challenge' && isRight) await this.accept(batch);
    const isPending = this.unreached.has(key) || this.unverified.has(batch.index);
    if (batch.state === 'Final' && !isPending) this.settle(key);
  }

  /** Ends what only waits for this machine, and asks the stores that did not answer a few times more. */
  async lastTries(job: Job): Promise<void> {
    const { signal } = this.options;
    await this.verifier?.idle();
    signal.throwIfAborted();
    for (const batch of [...this.unverified.values()]) await this.attend(job, batch, batch.deadline);
    for (const ms of LAST_PAUSES) {
      if (this.unreached.size === 0) return;
      await pause(signal, ms);
      signal.throwIfAborted();
      const batches = await everyPage((page) => this.ports.chain.batches({ ...page, jobId: job.id }));
      for (const batch of batches) {
        if (this.unreached.has(keyOf(batch))) await this.attend(job, batch, batch.deadline);
      }
    }
  }

  /** Where the history is gone, nothing is known of batches that were pruned. */
  result({ spec, prunedBatches }: Job, isHistoryGone: boolean): Omit<Collected, 'job'> {
    const outcomes = Array.from({ length: spec.units }, (_, unit) => this.outcomes.get(unit) ?? { unit });
    const missing = outcomes
      .filter(({ unit, leaf }) => leaf && !this.received.has(unit))
      .map(({ unit }) => unit);
    const unknown = isHistoryGone ? prunedBatches * spec.batchSize : 0;
    const pruned = outcomes
      .filter(({ unit, leaf }) => leaf === undefined && unit < unknown)
      .map(({ unit }) => unit);
    return { outcomes, missing, pruned };
  }

  /** Hands the outputs over, and returns the leaves once all are there. */
  private async receive(job: Job, batch: Batch, height: number): Promise<readonly Leaf[] | undefined> {
    const key = keyOf(batch);
    const id = { jobId: job.id, batch: batch.index, epoch: batch.epoch };
    const { leaves } = await this.ports.chain.openingOf({
      ...id,
      ...(batch.opening && { height: batch.opening.height }),
    });
    for (const leaf of leaves) {
      const lease = batch.lease && { worker: batch.lease.worker, ask: batch.lease.ask };
      this.outcomes.set(leaf.unit, { unit: leaf.unit, leaf, ...lease });
    }
    if (!(await this.hasAll(leaves))) {
      const outputs = await this.read(job, batch);
      const missing = new Set(differing(outputs, leaves));
      for (const [i, leaf] of leaves.entries()) {
        const output = outputs[i];
        if (output !== undefined && !missing.has(i)) await this.handOver(leaf.unit, output);
      }
      const wanted = leaves.find((leaf, i) => missing.has(i) && !this.received.has(leaf.unit));
      if (wanted !== undefined) {
        await this.recover(batch, wanted, height);
        return undefined;
      }
    }
    this.opened.set(key, leaves);
    return leaves;
  }

  /** The outputs of a batch, none where they cannot be read. */
  private async read(job: Job, batch: Batch): Promise<readonly Uint8Array[]> {
    const key = keyOf(batch);
    const { signal, onEvent } = this.options;
    try {
      const outputs = await readOutputs(job, batch, this.identity, this.ports, signal);
      this.unreached.delete(key);
      return outputs;
    } catch (error) {
      if (!(error instanceof OutputsUnreadableError)) throw error;
      if (error.retryable) this.unreached.add(key);
      else this.unreached.delete(key);
      if (!this.told.has(key)) onEvent({ event: 'unreadable', batch: batch.index, error });
      this.told.add(key);
      return [];
    }
  }

  /** Takes the output that answered a demand, or demands it while that is possible and no store can be waited for. */
  private async recover(batch: Batch, { unit }: Leaf, height: number): Promise<void> {
    const id = { jobId: batch.jobId, batch: batch.index, epoch: batch.epoch, unit };
    if (batch.demanded) {
      const posted = await found(this.ports.chain.postedOutputOf(id));
      if (posted !== undefined) await this.handOver(unit, posted.output);
      return;
    }
    const canWait = this.unreached.has(keyOf(batch)) && batch.deadline - height > DEMAND_BLOCKS;
    if (batch.state !== 'Challenge' || canWait) return;
    const demanded = await this.once(`demand-${id.jobId}-${id.batch}-${id.epoch}`, (onSigned) =>
      this.ports.chain.demandOutput(id, { ...this.asRequester(), onSigned }),
    );
    if (demanded) this.options.onEvent({ event: 'demanded', batch: batch.index, unit });
  }

  private async hasAll(leaves: readonly Leaf[]): Promise<boolean> {
    const { hasOutput } = this.options;
    if (hasOutput === undefined) return false;
    for (const { unit, outputHash } of leaves) {
      if (!(await hasOutput(unit, outputHash))) return false;
      this.received.add(unit);
    }
    return true;
  }

  private async handOver(unit: number, output: Uint8Array): Promise<void> {
    await this.options.onOutput(unit, output);
    this.received.add(unit);
  }

  private forget({ spec }: Job, { index }: Batch): void {
    const { firstUnit, length } = batchRange(spec, index);
    for (let unit = firstUnit; unit < firstUnit + length; unit += 1) this.outcomes.delete(unit);
  }

  private async isVerified(job: Job, batch: Batch, leaves: readonly Leaf[]): Promise<boolean> {
    if (this.verifier === undefined) return true;
    const { wrong, isComplete } = this.verifier.verdict(job, batch, leaves);
    const isOver = batch.state === 'Final';
    if (!isComplete && (isOver || wrong.length === 0)) {
      this.unverified.set(batch.index, batch);
      return false;
    }
    const event = isOver ? 'tooLate' : 'wrong';
    for (const { unit } of wrong) this.options.onEvent({ event, batch: batch.index, unit });
    const [first] = wrong;
    if (first === undefined) return true;
    if (!isOver) await this.challenge(job, batch, first.unit);
    this.settle(keyOf(batch));
    return false;
  }

  /** Has the referees decide about a unit. Where its input cannot be had any more, the batch is only not accepted. */
  private async challenge(job: Job, batch: Batch, unit: number): Promise<void> {
    const { chain, blobsAt } = this.ports;
    const message = await challengeOf(job, batch, unit, chain, blobsAt(job.spec.locators)).catch(
      (error: unknown) => {
        if (error instanceof BlobError) return undefined;
        throw error;
      },
    );
    if (message === undefined) return;
    const name = `challenge-${job.id}-${batch.index}-${batch.epoch}-${unit}`;
    const challenged = await this.once(name, (onSigned) =>
      chain.challenge(message, { ...this.asRequester(), onSigned }),
    );
    this.options.onEvent({ event: challenged ? 'challenged' : 'tooLate', batch: batch.index, unit });
  }

  private async accept(batch: Batch): Promise<void> {
    const id = { jobId: batch.jobId, batch: batch.index, epoch: batch.epoch };
    const accepted = await this.once(`accept-${id.jobId}-${id.batch}-${id.epoch}`, (onSigned) =>
      this.ports.chain.acceptBatch(id, { ...this.asRequester(), onSigned }),
    );
    if (accepted) this.options.onEvent({ event: 'accepted', batch: batch.index });
    this.settle(keyOf(batch));
  }

  private settle(key: string): void {
    this.settled.add(key);
    this.opened.delete(key);
  }

  /** False where the chain refuses it: the batch is no longer in that state. */
  private async once(name: string, submit: Once['submit']): Promise<boolean> {
    const { journal } = this;
    try {
      const { chain } = this.ports;
      await executeOnce({ chain, journal }, { name, purpose: name, submit }, { signal: this.options.signal });
    } catch (error) {
      if (!(error instanceof ChainRejectedError)) throw error;
      return false;
    } finally {
      if (!this.options.signal.aborted) await journal.forget(name);
    }
    return true;
  }

  private asRequester() {
    return { signer: this.identity.signer, signal: this.options.signal };
  }
}

const keyOf = ({ index, epoch }: Batch): string => `${index}/${epoch}`;
