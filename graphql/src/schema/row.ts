import type { Key, Rows, TableName } from '@dmcn/indexer';
import type { Context } from '../context.js';

/** Ids count from 1, and the index keeps them as signed integers of 64 bits: no row has a greater one. */
const LAST_ID = 2n ** 63n - 1n;

/** Whether one of these is an id that no row can have. */
export const isOfNoRow = (values: readonly unknown[]): boolean =>
  values.some((value) => typeof value === 'bigint' && value > LAST_ID);

/** A row by its key, counted among what the operation reads. */
export const rowOf = <T extends TableName>(
  { reader, rows }: Context,
  table: T,
  ...key: Key<T>
): Rows[T] | undefined => {
  rows.spend(1);
  return isOfNoRow(key) ? undefined : reader.get(table, ...key);
};

/** A row that another row names, so that it is there. */
export const namedRow = <T extends TableName>(context: Context, table: T, ...key: Key<T>): Rows[T] => {
  const row = rowOf(context, table, ...key);
  if (row === undefined) throw new Error(`${table} ${key.join('/')} is named by a row but is not there`);
  return row;
};

/** Time of a block that was indexed. */
export const timeOf = (context: Context, height: number): Date =>
  new Date(namedRow(context, 'blocks', height).time);
