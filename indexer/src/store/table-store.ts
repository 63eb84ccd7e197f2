import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Change } from '../model/change.js';
import type { State } from '../model/state.js';
import { type Key, keyColumns, type Rows, seriesTables, type TableName } from '../model/tables.js';
import * as schema from './schema/index.js';
import {
  type Database,
  prepareGet,
  prepareInsert,
  preparePut,
  prepareRemove,
  type Row,
} from './statements.js';

const tables: Readonly<Record<TableName, SQLiteTable>> = schema;

const named = (table: TableName, key: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(keyColumns[table].map((column, i) => [column, key[i]]));

const once = <T>(make: (table: TableName) => T) => {
  const made = new Map<TableName, T>();
  return (table: TableName): T => {
    const value = made.get(table) ?? make(table);
    made.set(table, value);
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

/** Writes changes. Call it within a transaction that is undone where it throws. */
export const rowWriter = (db: Database): ((changes: readonly Change[]) => void) => {
  const puts = once((table) => preparePut(db, tables[table], keyColumns[table]));
  const inserts = once((table) => prepareInsert(db, tables[table]));
  const removes = once((table) => prepareRemove(db, tables[table], keyColumns[table]));
  return (changes) => {
    const fresh = new Map<TableName, Row[]>();
    for (const change of changes) {
      const { table } = change;
      if (!('row' in change)) removes(table).run(named(table, change.removed));
      else if (!seriesTables.has(table)) puts(table).run(change.row);
      else {
        const rows = fresh.get(table);
        if (rows) rows.push(change.row);
        else fresh.set(table, [change.row]);
      }
    }
    for (const [table, rows] of fresh) inserts(table).run(rows);
  };
};
