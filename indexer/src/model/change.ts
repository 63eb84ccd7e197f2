import type { Key, Rows, TableName } from './tables.js';

/** The new content of a row, or its end. */
export type Change = {
  [T in TableName]:
    | { readonly table: T; readonly row: Rows[T] }
    | { readonly table: T; readonly removed: Key<T> };
}[TableName];

/** The row takes the place of the one with its key, if there is one. */
export const put = <T extends TableName>(table: T, row: Rows[T]): Change => ({ table, row }) as Change;

/** The row with this key ends. */
export const remove = <T extends TableName>(table: T, ...removed: Key<T>): Change =>
  ({ table, removed }) as unknown as Change;
