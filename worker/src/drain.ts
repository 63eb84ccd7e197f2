import { type Audit, type Batch, type Block, ChainRejectedError } from '@dmcn/chain-client';
import type { DutyRunner, Watched } from '@dmcn/chain-client/acting';
import type { Work } from './actions/work.js';
import { dutyKey } from './duties.js';
import { heldBy } from './held.js';
import { Pace } from './pace.js';
import type { Held } from './state.js';

/** A worker was told to end while no node answered. */
export class CutOffError extends Error {
  override readonly name = 'CutOffError';
  constructor(height: number) {
    super(
      `no node gives a block after height ${height}, so it ended without leaving the draw; start it again to finish what it holds`,
    );
  }
}

/** The graceful end of a worker: it leaves the draw and waits until nothing is left that only it can do. */
export class Drain {
  private readonly ending = new AbortController();
  private readonly pace = new Pace();
  private told = '';
  /** Height after which no block came. */
  private silent: number | undefined;
  private left = false;

  constructor(
    private readonly work: Omit<Work, 'show'>,
    private readonly runner: DutyRunner,
    private readonly wanted: AbortSignal,
    /** Aborted with a CutOffError where it has to end without having finished. */
    private readonly cut: AbortController,
  ) {
    if (wanted.aborted) this.begin();
    else wanted.addEventListener('abort', () => this.begin(), { once: true });
  }

  get isOn(): boolean {
    return this.wanted.aborted;
  }

  /** Aborts when the worker may end. */
  get over(): AbortSignal {
    return this.ending.signal;
  }

  observe(block: Block): void {
    this.pace.observe(block);
  }

  /** Ends where nothing is left, else tells what it waits for. */
  look(batches: readonly Batch[], watched: readonly Watched[], audits: readonly Audit[]): void {
    if (!this.isOn) return;
    const { identity, tell, height } = this.work;
    const held = heldBy(identity.owner, batches, watched, audits).filter((each) => !this.isGivenUp(each));
    if (held.length === 0 && this.left && !this.runner.isBusy) this.ending.abort();
    const names = held
      .map(({ lease, until }) => `${lease.jobId}/${lease.batch}/${lease.epoch} ${until}`)
      .join();
    if (names === this.told || held.length === 0) return;
    this.told = names;
    const blocks = Math.max(0, ...held.map(({ deadline = 0 }) => deadline - height()));
    tell({ notice: 'waiting', held, seconds: this.pace.seconds(blocks) });
  }

  /** No block came for a while: tells it, and ends a worker that was told to. */
  async cutOff(height: number): Promise<void> {
    this.silent = height;
    if (this.isOn) return this.cut.abort(new CutOffError(height));
    const { ports, tell } = this.work;
    const error = await ports.chain.status().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (this.silent !== undefined) tell({ notice: 'unreachable', ...(error !== undefined && { error }) });
  }

  /** Blocks come again. */
  reached(): void {
    this.silent = undefined;
    this.work.tell({ notice: 'reachable' });
  }

  private begin(): void {
    if (this.silent !== undefined) this.cut.abort(new CutOffError(this.silent));
    // Offers that come all the same run out.
    else this.runner.begin({ key: 'pause', doing: 'leaving the draw', run: () => this.leave() });
  }

  private async leave(): Promise<void> {
    const { identity, sender, signal } = this.work;
    const message = { type: 'pauseWorker', owner: identity.owner } as const;
    try {
      await sender.once('pause', [message], {
        signer: identity.operator,
        feeGranter: identity.owner,
        signal,
      });
    } catch (error) {
      const isOutAlready = error instanceof ChainRejectedError && error.reason === 'WrongStatus';
      if (!isOutAlready) throw error;
    } finally {
      this.left = true;
    }
  }

  /** Whether it failed at something that others will do: a batch given up, or the opening of another worker's batch. */
  private isGivenUp({ lease, until }: Held): boolean {
    if (until === 'committed') return this.runner.hasGivenUp(dutyKey({ duty: 'work', lease }));
    return until === 'opened for its worker' && this.runner.hasFailed(dutyKey({ duty: 'open', lease }));
  }
}
