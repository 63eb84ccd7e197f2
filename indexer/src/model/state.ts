import { InconsistentIndexError } from '../errors.js';
import { type Change, put, type RowChange } from './change.js';
import { type Key, keyColumns, logTables, type Rows, type TableName } from './tables.js';

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

type Row = Readonly<Record<string, unknown>>;

/** Rows of a base with changes on top that are not written yet. A row that `get` gave may change with the next `add`. */
export class Overlay implements State {
  readonly #base: State;
  /** The last change of each row, by its table and what names it. */
  readonly #changes = new Map<TableName, Map<unknown, RowChange>>();
  readonly #log: ((change: RowChange) => void) | undefined;

  /** Rows of `logTables` go to `log` at once, and are not kept; all are unless it is given. */
  constructor(base: State, log?: (change: RowChange) => void) {
    this.#base = base;
    this.#log = log;
  }

  get<T extends TableName>(table: T, ...key: Key<T>): Rows[T] | undefined {
    const change = this.#changes.get(table)?.get(nameOf(key));
    if (change === undefined) return this.#base.get(table, ...key);
    return 'row' in change ? (change.row as Rows[T]) : undefined;
  }

  /** Lays changes on top; the last one of a row or of its column counts. */
  add(changes: readonly Change[]): void {
    for (const change of changes) {
      const { table } = change;
      if ('columns' in change) this.#set(table, change.before, change.columns);
      else if (this.#log && logTables.has(table)) this.#log(change);
      else
        this.#named(table).set(
          'row' in change ? nameOfRow(table, change.row) : nameOf(change.removed),
          change,
        );
    }
  }

  /** One change for each row that changed, table by table. */
  changes(): RowChange[] {
    return [...this.#changes.values()].flatMap((changes) => [...changes.values()]);
  }

  /** A row of the base is copied once, then it is this overlay's own. */
  #set(table: TableName, before: Row, columns: Row): void {
    const rows = this.#named(table);
    const name = nameOfRow(table, before);
    const change = rows.get(name);
    if (change && 'row' in change) Object.assign(change.row, columns);
    else rows.set(name, put(table, { ...before, ...columns } as Rows[typeof table]));
  }

  #named(table: TableName): Map<unknown, RowChange> {
    let changes = this.#changes.get(table);
    if (changes === undefined) {
      changes = new Map();
      this.#changes.set(table, changes);
    }
    return changes;
  }
}

/** What tells a row from the others of its table, as maps tell keys apart. */
const nameOf = (key: readonly unknown[]): unknown => {
  if (key.length === 1) return key[0];
  let name = String(key[0]);
  for (let i = 1; i < key.length; i += 1) name += `/${key[i]}`;
  return name;
};

/** The same of a row, which has its key among its columns. */
const nameOfRow = (table: TableName, row: Row): unknown => {
  const columns: readonly string[] = keyColumns[table];
  const [first = ''] = columns;
  if (columns.length === 1) return row[first];
  let name = String(row[first]);
  for (let i = 1; i < columns.length; i += 1) name += `/${row[columns[i] ?? '']}`;
  return name;
};
