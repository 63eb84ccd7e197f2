import { InconsistentIndexError } from '../errors.js';
import type { Change } from './change.js';
import { type Key, keyColumns, type Rows, type TableName } from './tables.js';

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
  readonly #changes = new Map<TableName, Map<string, Change>>();

  constructor(base: State) {
    this.#base = base;
  }

  get<T extends TableName>(table: T, ...key: Key<T>): Rows[T] | undefined {
    const change = this.#changes.get(table)?.get(nameOf(key));
    if (change === undefined) return this.#base.get(table, ...key);
    return 'row' in change ? (change.row as Rows[T]) : undefined;
  }

  /** Lays changes on top; the last one of a row counts. */
  add(changes: readonly Change[]): void {
    for (const change of changes) {
      const name = 'row' in change ? nameOfRow(change.table, change.row) : nameOf(change.removed);
      this.#of(change.table).set(name, change);
    }
  }

  /** One change for each row that changed, table by table. */
  changes(): Change[] {
    return [...this.#changes.values()].flatMap((changes) => [...changes.values()]);
  }

  #of(table: TableName): Map<string, Change> {
    let changes = this.#changes.get(table);
    if (changes === undefined) {
      changes = new Map();
      this.#changes.set(table, changes);
    }
    return changes;
  }
}

const nameOf = (key: readonly unknown[]): string => {
  let name = String(key[0]);
  for (let i = 1; i < key.length; i += 1) name += `/${key[i]}`;
  return name;
};

/** The same of a row, which has its key among its columns. */
const nameOfRow = (table: TableName, row: Readonly<Record<string, unknown>>): string => {
  const columns: readonly string[] = keyColumns[table];
  let name = String(row[columns[0] ?? '']);
  for (let i = 1; i < columns.length; i += 1) name += `/${row[columns[i] ?? '']}`;
  return name;
};
