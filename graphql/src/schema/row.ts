import type { Key, Rows, TableName } from '@dmcn/indexer';
import type { Context } from '../context.js';

/** A row by its key, counted among what the operation reads. */
export const rowOf = <T extends TableName>(
  { reader, rows }: Context,
  table: T,
  ...key: Key<T>
): Rows[T] | undefined => {
  rows.spend(1);
  return reader.get(table, ...key);
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
