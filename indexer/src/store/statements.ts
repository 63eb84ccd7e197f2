import type BetterSqlite3 from 'better-sqlite3';
import { Column, eq, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Connection that speaks the schema's names. */
export type Database = BetterSQLite3Database & { readonly $client: BetterSqlite3.Database };

/** A value that comes with the execution, encoded as the column wants it. */
export const bound = (column: SQLiteColumn, name: string): SQL =>
  sql`${sql.param(sql.placeholder(name), column)}`;

/** `column = value`, the value under that name. */
export const equals = (column: SQLiteColumn, name: string): SQL => eq(column, bound(column, name));

/** Values by the names of the schema. */
export type Row = Readonly<Record<string, unknown>>;

interface Codec {
  readonly name: string;
  /** Undefined where the value is kept as it is. */
  readonly encode: ((value: unknown) => unknown) | undefined;
  readonly decode: (value: unknown) => unknown;
}

const columnsOf = (table: SQLiteTable): readonly Codec[] => {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table);
  return Object.entries(columns).map(([name, column]) => ({
    name,
    encode:
      column.mapToDriverValue === Column.prototype.mapToDriverValue
        ? undefined
        : (value) => column.mapToDriverValue(value),
    decode: (value) => (value === null ? null : column.mapFromDriverValue(value)),
  }));
};

const quoted = (name: string) => `"${toSnakeCase(name)}"`;
const list = (names: readonly string[]) => names.map(quoted).join(', ');
const equalTo = (key: readonly string[]) => key.map((name) => `${quoted(name)} = ?`).join(' and ');

/** Encodes the values of these columns, in their order, from a place of a list on; by itself into one that it uses again. */
const encoder = (table: SQLiteTable, names: readonly string[]) => {
  const all = columnsOf(table);
  const columns = names.flatMap((name) => all.find((column) => column.name === name) ?? []);
  const own: unknown[] = columns.map(() => null);
  return (row: Row, values = own, from = 0): unknown[] => {
    for (let i = 0; i < columns.length; i += 1) {
      const { name, encode } = columns[i] as Codec;
      const value = row[name];
      values[from + i] = encode === undefined ? value : encode(value);
    }
    return values;
  };
};

/** An object with these properties that engines keep in a compact form, as they do not where each is added by its name. */
const template = (names: readonly string[]): Row =>
  JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, 0])))) as Row;

// What the writer runs for every event goes past drizzle's builders: their statements take apart each row anew.

/** Prepares the read of one row by its key. */
export const prepareGet = (db: Database, table: SQLiteTable, key: readonly string[]) => {
  const columns = columnsOf(table);
  const names = columns.map(({ name }) => name);
  const text = `select ${list(names)} from "${getTableName(table)}" where ${equalTo(key)}`;
  const statement = db.$client.prepare(text).raw();
  const encoded = encoder(table, key);
  const empty = template(names);
  return {
    get: (values: Row): Row | undefined => {
      const found = statement.get(encoded(values)) as readonly unknown[] | undefined;
      if (found === undefined) return undefined;
      const row: Record<string, unknown> = { ...empty };
      for (let i = 0; i < columns.length; i += 1) {
        const column = columns[i] as Codec;
        row[column.name] = column.decode(found[i]);
      }
      return row;
    },
  };
};

/** Prepares the write of one row: a new one, or new content of the one with its key. */
export const preparePut = (db: Database, table: SQLiteTable, key: readonly string[]) => {
  const names = Object.keys(getTableColumns(table));
  const rest = names
    .filter((name) => !key.includes(name))
    .map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
  const values = names.map(() => '?').join(', ');
  const statement = db.$client.prepare(
    `insert into "${getTableName(table)}" (${list(names)}) values (${values})
     on conflict (${list(key)}) do ${rest.length === 0 ? 'nothing' : `update set ${rest.join(', ')}`}`,
  );
  const encoded = encoder(table, names);
  return { run: (row: Row) => statement.run(encoded(row)) };
};

/** Rows of one statement: each statement costs as much as a row or two. */
const TOGETHER = 16;

/**
 * Prepares the write of new rows, many with one statement. A row whose key there is already makes it throw, and what it
 * wrote before stays: run it in a transaction that is then undone, for which alone SQLite would else keep a journal for each statement.
 */
export const prepareInsert = (db: Database, table: SQLiteTable) => {
  const names = Object.keys(getTableColumns(table));
  const values = `(${names.map(() => '?').join(', ')})`;
  const statementOf = (rows: number) =>
    db.$client.prepare(
      `insert or fail into "${getTableName(table)}" (${list(names)}) values ${Array(rows).fill(values).join(', ')}`,
    );
  const [one, many] = [statementOf(1), statementOf(TOGETHER)];
  const encoded = encoder(table, names);
  const bindings: unknown[] = Array(names.length * TOGETHER).fill(null);
  let waiting = 0;
  return {
    /** Takes a row, and writes it with others once there are enough. */
    add: (row: Row): void => {
      encoded(row, bindings, waiting * names.length);
      waiting += 1;
      if (waiting < TOGETHER) return;
      waiting = 0;
      many.run(bindings);
    },
    /** Writes the rows that wait. */
    end: (): void => {
      for (let i = 0; i < waiting; i += 1) one.run(bindings.slice(i * names.length, (i + 1) * names.length));
      waiting = 0;
    },
    /** Drops the rows that wait. */
    forget: (): void => {
      waiting = 0;
    },
  };
};

/** Prepares the removal of one row by its key. */
export const prepareRemove = (db: Database, table: SQLiteTable, key: readonly string[]) => {
  const statement = db.$client.prepare(`delete from "${getTableName(table)}" where ${equalTo(key)}`);
  const encoded = encoder(table, key);
  return { run: (values: Row) => statement.run(encoded(values)) };
};
