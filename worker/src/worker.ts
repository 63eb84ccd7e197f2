import { type Batch, type Block, type ChainClient, everyPage, type LeaseId } from '@dmcn/chain-client';
import { answerDemand } from './actions/answer-demand.js';
import { commitBatch } from './actions/commit-batch.js';
import { openBatch } from './actions/open-batch.js';
import { computeBatch } from './compute.js';
import { type Duty, dutiesOf, dutyKey } from './duties.js';
import { createOpenerChoice } from './opener-choice.js';
import type { WorkerOptions } from './options.js';
import type { WorkerIdentity, WorkerPorts } from './ports.js';
import { createSerial } from './serial.js';
import type { WorkerNotice, WorkerState } from './state.js';
import { createTaskSource, InputMissingError } from './task-source.js';
import { OpenerWatch } from './watch.js';

export interface WorkerHooks {
  readonly onState: (state: WorkerState) => void;
  readonly onNotice: (notice: WorkerNotice) => void;
  /** Takes nothing new, finishes what is held, then ends. */
  readonly drain: AbortSignal;
  /** Ends at once. What is held can be finished after a restart, or by others. */
  readonly stop: AbortSignal;
}

/** Blocks after which the chain is asked even where no block concerned this worker. */
const RECHECK_BLOCKS = 20;
/** Blocks after which a duty that failed is tried again. */
const RETRY_BLOCKS = 3;

/**
 * The life of a registered worker: follows the chain and does what its batches ask for, until it is told to end. What
 * to do is read from the chain alone, so it can be killed at any time and started again.
 */
export async function runWorker(
  identity: WorkerIdentity,
  ports: WorkerPorts,
  options: WorkerOptions,
  hooks: WorkerHooks,
): Promise<void> {
  await new WorkerLife(identity, ports, options, hooks).run();
}

class WorkerLife {
  private readonly chain: ChainClient;
  private readonly source;
  private readonly chooseOpener;
  private readonly watch: OpenerWatch;
  private readonly oneByOne = createSerial();
  /** Duties under way, and those that failed with the height at which they may be tried again. */
  private readonly busy = new Map<string, Promise<void>>();
  private readonly postponed = new Map<string, number>();
  private height = 0;

  constructor(
    private readonly identity: WorkerIdentity,
    private readonly ports: WorkerPorts,
    private readonly options: WorkerOptions,
    private readonly hooks: WorkerHooks,
  ) {
    this.chain = ports.chain;
    this.source = createTaskSource(ports.chain, ports.blobsAt);
    this.chooseOpener = createOpenerChoice(ports.chain, identity.owner);
    this.watch = new OpenerWatch(identity.owner, options.openerPatience);
  }

  async run(): Promise<void> {
    const { stop, drain } = this.hooks;
    const ending = new AbortController();
    const signal = AbortSignal.any([stop, ending.signal]);
    const { height, earliestHeight } = await this.chain.status();
    this.height = height;
    this.hooks.onState({ state: 'idle' });
    drain.addEventListener('abort', () => void this.pause(), { once: true });
    let checked = await this.attend();
    try {
      const from = Math.max(earliestHeight, height - this.options.lookBack, 1);
      for await (const block of this.chain.blocks({ from, signal })) {
        const concerns = this.learn(block);
        if (block.height < height) continue;
        this.height = block.height;
        if (concerns || this.postponed.size > 0 || block.height - checked >= RECHECK_BLOCKS) {
          checked = await this.attend();
        }
        this.openForOthers();
        if (drain.aborted && (await this.isDone())) ending.abort();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await Promise.allSettled(this.busy.values());
      this.hooks.onState({ state: 'stopped' });
    }
  }

  private learn(block: Block): boolean {
    const { owner } = this.identity;
    for (const event of block.events) {
      if (event.type === 'BatchPaid' && event.data.worker === owner) {
        this.hooks.onNotice({ notice: 'paid', lease: event.data, detail: `${event.data.pay} udmc` });
      }
    }
    return this.watch.observe(block);
  }

  /** Starts every duty that the chain's state asks for and that is not under way. Returns the height it looked at. */
  private async attend(): Promise<number> {
    const { owner } = this.identity;
    try {
      for (const duty of dutiesOf(await this.batches(), owner, this.height, this.hooks.drain.aborted))
        this.begin(duty);
      return this.height;
    } catch (error) {
      if (!this.hooks.stop.aborted)
        this.hooks.onNotice({ notice: 'failed', doing: 'reading its batches', error });
      return 0;
    }
  }

  private openForOthers(): void {
    for (const lease of this.watch.overdue(this.height)) this.begin({ duty: 'open', lease });
  }

  private begin(duty: Duty): void {
    const key = dutyKey(duty);
    if (this.busy.has(key) || (this.postponed.get(key) ?? 0) > this.height) return;
    this.postponed.delete(key);
    const doing = this.fulfil(duty)
      .catch((error: unknown) => {
        if (this.hooks.stop.aborted) return;
        this.postponed.set(key, this.height + RETRY_BLOCKS);
        this.hooks.onNotice({ notice: 'failed', lease: duty.lease, doing: duty.duty, error });
      })
      .finally(() => this.busy.delete(key));
    this.busy.set(key, doing);
  }

  private async fulfil(duty: Duty): Promise<void> {
    const { identity, ports } = this;
    const { lease } = duty;
    switch (duty.duty) {
      case 'accept':
        await ports.chain.acceptOffer(lease, this.asOperator());
        this.hooks.onNotice({ notice: 'accepted', lease });
        return this.begin({ duty: 'work', lease });
      case 'work':
        return this.oneByOne(() => this.work(lease));
      case 'open':
        await openBatch(lease, identity, ports, this.hooks.stop);
        this.watch.done(lease);
        return this.hooks.onNotice({ notice: 'opened', lease });
      case 'post':
        return answerDemand({ ...lease, unit: duty.unit }, identity, ports, this.hooks.stop);
    }
  }

  private async work(lease: LeaseId): Promise<void> {
    const { stop } = this.hooks;
    stop.throwIfAborted();
    const [job, batch] = await Promise.all([this.chain.job(lease.jobId), this.chain.batch(lease)]);
    if (batch.state !== 'Leased' || batch.epoch !== lease.epoch) return;
    const report = (done: number) =>
      this.hooks.onState({ state: 'working', lease, done, units: batch.units });
    report(0);
    try {
      const { attempts } = this.options;
      const results = await computeBatch(job, batch, this.source, this.ports.executor, {
        attempts,
        signal: stop,
        onUnit: report,
      });
      const opener = await this.chooseOpener();
      await commitBatch(lease, job, results, opener, this.identity, this.ports, this.options, stop);
      this.hooks.onNotice({ notice: 'committed', lease });
    } catch (error) {
      if (!(error instanceof InputMissingError)) throw error;
      this.hooks.onNotice({ notice: 'failed', lease, doing: 'fetching inputs', error });
      await this.chain.reportMissingInput({ ...lease, unit: error.unit }, this.asOperator());
    } finally {
      this.hooks.onState({ state: this.hooks.drain.aborted ? 'draining' : 'idle' });
    }
  }

  /** Leaves the draw, so that offers go to others. Offers that come all the same run out. */
  private async pause(): Promise<void> {
    this.hooks.onState({ state: 'draining' });
    await this.chain
      .pauseWorker({ owner: this.identity.owner }, this.asOperator())
      .catch((error: unknown) => {
        this.hooks.onNotice({ notice: 'failed', doing: 'pausing', error });
      });
  }

  /** Whether nothing is left that only this worker can do. */
  private async isDone(): Promise<boolean> {
    if (this.busy.size > 0) return false;
    return !(await this.batches()).some(({ state }) => state === 'Leased');
  }

  private batches(): Promise<Batch[]> {
    const worker = this.identity.owner;
    return everyPage((page) => this.chain.workerBatches({ ...page, worker }));
  }

  private asOperator() {
    const { operator, owner } = this.identity;
    return { signer: operator, feeGranter: owner, signal: this.hooks.stop };
  }
}
