import type { Reader } from '@dmcn/indexer';
import { TooManyRowsError } from './errors.js';

/** Rows that one operation may still read. */
export class RowBudget {
  #left: number;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#left = limit;
  }

  /** Throws `TooManyRowsError` once more is spent than there is. */
  spend(rows: number): void {
    this.#left -= rows;
    if (this.#left < 0) throw new TooManyRowsError(this.#limit);
  }
}

/** What resolvers work with. */
export interface Context {
  readonly reader: Reader;
  readonly rows: RowBudget;
}
