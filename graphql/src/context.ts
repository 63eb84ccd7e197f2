import type { Reader } from '@dmcn/indexer';
import { QueryTimeoutError, TooManyRowsError } from './errors.js';
import type { Heights } from './heights.js';

/** What one operation may still read, and for how long. */
export class RowBudget {
  #left: number;
  #deadline: number;

  constructor(
    private readonly limit: number,
    private readonly timeMs: number,
  ) {
    this.#left = limit;
    this.#deadline = performance.now() + timeMs;
  }

  /** When the time is over, in the terms of `performance.now()`. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Throws `TooManyRowsError` or `QueryTimeoutError` once more is spent than there is. */
  spend(rows: number): void {
    this.#left -= rows;
    if (this.#left < 0) throw new TooManyRowsError(this.limit);
    if (performance.now() > this.#deadline) throw new QueryTimeoutError(this.timeMs);
  }

  /** Begins anew, for the next answer of a subscription. */
  reset(): void {
    this.#left = this.limit;
    this.#deadline = performance.now() + this.timeMs;
  }
}

/** What resolvers work with. */
export interface Context {
  readonly reader: Reader;
  readonly rows: RowBudget;
  readonly heights: Heights;
}
