import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { RowChange } from '../model/change.js';
import type { State } from '../model/state.js';
import { type Key, keyColumns, type Rows, seriesTables, type TableName } from '../model/tables.js';
import * as schema from './schema/index.js';
import { type Database, prepareGet, prepareInsert, preparePut, prepareRemove } from './statements.js';

const tables: Readonly<Record<TableName, SQLiteTable>> = schema;

const named = (table: TableName, key: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(keyColumns[table].map((column, i) => [column, key[i]]));

/** Makes something for each table when it is first asked for, and keeps it in `made`. */
const once = <T>(make: (table: TableName) => T, made = new Map<TableName, T>()) => {
  return (table: TableName): T => {
    let value = made.get(table);
    if (value === undefined) {
      value = make(table);
      made.set(table, value);
    }
    return value;
  };
};

/** Reads rows by their keys. */
export const rowReader = (db: Database): State => {
  const statement = once((table) => prepareGet(db, tables[table], keyColumns[table]));
  return {
    get: <T extends TableName>(table: T, ...key: Key<T>) =>
      statement(table).get(named(table, key)) as Rows[T] | undefined,
  };
};

interface RowWriter {
  /** Takes a row of `seriesTables`: it is written with others of its table, at the latest by `write`. */
  append(change: RowChange): void;
  /** Writes changes, and what was appended. */
  write(changes: readonly RowChange[]): void;
  /** Drops what was appended and not written yet. */
  forget(): void;
}

/** Writes rows. Call it within a transaction that is undone where it throws, and then `forget`. */
export const rowWriter = (db: Database): RowWriter => {
  const puts = once((table) => preparePut(db, tables[table], keyColumns[table]));
  const removes = once((table) => prepareRemove(db, tables[table], keyColumns[table]));
  const open = new Map<TableName, ReturnType<typeof prepareInsert>>();
  const inserts = once((table) => prepareInsert(db, tables[table]), open);
  const append = (change: RowChange) => {
    if (!('row' in change)) throw new TypeError(`rows of ${change.table} only come`);
    inserts(change.table).add(change.row);
  };
  return {
    append,
    write: (changes) => {
      for (const change of changes) {
        const { table } = change;
        if (!('row' in change)) removes(table).run(named(table, change.removed));
        else if (seriesTables.has(table)) append(change);
        else puts(table).run(change.row);
      }
      for (const insert of open.values()) insert.end();
    },
    forget: () => {
      for (const insert of open.values()) insert.forget();
    },
  };
};
