import type { Batch, Job, Leaf } from '@dmcn/chain-client';
import { batchRange } from '@dmcn/protocol';
import { isSameOutcome, type LocalOutcome, sampleUnits, type UnitRun } from './verify.js';

/** What a batch's sample says about its leaves so far. */
export interface Verdict {
  readonly wrong: readonly Leaf[];
  /** Whether the whole sample was run. */
  readonly isComplete: boolean;
}

type Run =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly outcome: LocalOutcome }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * Runs a share of each batch's units here, one after the other, in the order in which the batches were committed: what
 * they give is there by the time the leaves are opened, as far as this machine keeps up.
 */
export class Verifier {
  /** The units chosen of a batch by `index/epoch`: a batch that is done again is sampled again. */
  private readonly samples = new Map<string, readonly number[]>();
  private readonly runs = new Map<number, Run>();
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly rate: number,
    private readonly run: UnitRun,
    private readonly signal: AbortSignal,
  ) {}

  /** Begins with a batch, if that was not done before. */
  begin(job: Job, batch: Batch): void {
    for (const unit of this.sampleOf(job, batch)) {
      if (!this.runs.has(unit)) this.start(unit);
    }
  }

  /** Compares what is there. Throws what a run failed with; that unit is run again the next time. */
  verdict(job: Job, batch: Batch, leaves: readonly Leaf[]): Verdict {
    this.begin(job, batch);
    const sample = new Set(this.sampleOf(job, batch));
    const chosen = leaves
      .filter(({ unit }) => sample.has(unit))
      .map((leaf) => ({ leaf, run: this.runs.get(leaf.unit) }));
    const failed = chosen.find(({ run }) => run?.state === 'failed');
    if (failed?.run?.state === 'failed') {
      this.runs.delete(failed.leaf.unit);
      throw failed.run.error;
    }
    const wrong = chosen
      .filter(({ leaf, run }) => run?.state === 'done' && !isSameOutcome(run.outcome, leaf))
      .map(({ leaf }) => leaf);
    return { wrong, isComplete: chosen.every(({ run }) => run?.state === 'done') };
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.tail;
  }

  private sampleOf({ spec }: Job, { index, epoch }: Batch): readonly number[] {
    const key = `${index}/${epoch}`;
    let sample = this.samples.get(key);
    if (sample === undefined) {
      const { firstUnit, length } = batchRange(spec, index);
      sample = sampleUnits(
        Array.from({ length }, (_, i) => firstUnit + i),
        this.rate,
      );
      this.samples.set(key, sample);
    }
    return sample;
  }

  private start(unit: number): void {
    this.runs.set(unit, { state: 'running' });
    this.tail = this.tail
      .then(() => this.run(unit, this.signal))
      .then(
        (outcome) => void this.runs.set(unit, { state: 'done', outcome }),
        (error: unknown) => void this.runs.set(unit, { state: 'failed', error }),
      );
  }
}
