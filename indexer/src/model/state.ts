import { InconsistentIndexError } from '../errors.js';
import type { Change } from './change.js';
import { type Key, keyOf, type Rows, type TableName } from './tables.js';

/** Rows as they are before an event. */
export interface State {
  get<T extends TableName>(table: T, ...key: Key<T>): Rows[T] | undefined;
}

/** A row that must exist, since an earlier event made it. Throws `InconsistentIndexError`. */
export const must = <T extends TableName>(state: State, table: T, ...key: Key<T>): Rows[T] => {
  const row = state.get(table, ...key);
  if (row === undefined) throw new InconsistentIndexError(table, key);
  return row;
};

/** Rows of a base with changes on top that are not written yet. */
export class Overlay implements State {
  readonly #base: State;
  readonly #changes = new Map<string, Change>();

  constructor(base: State) {
    this.#base = base;
  }

  get<T extends TableName>(table: T, ...key: Key<T>): Rows[T] | undefined {
    const change = this.#changes.get(nameOf(table, key));
    if (change === undefined) return this.#base.get(table, ...key);
    return 'row' in change ? (change.row as Rows[T]) : undefined;
  }

  /** Lays changes on top; the last one of a row counts. */
  add(changes: readonly Change[]): void {
    for (const change of changes) {
      const key = 'row' in change ? keyOf(change.table, change.row) : change.removed;
      this.#changes.set(nameOf(change.table, key), change);
    }
  }

  /** One change for each row that changed. */
  changes(): Change[] {
    return [...this.#changes.values()];
  }
}

const nameOf = (table: TableName, key: readonly unknown[]): string => `${table}/${key.join('/')}`;
