import type { Key, Rows, TableName } from './tables.js';

/** The new content of a row, or its end. */
export type RowChange = {
  [T in TableName]:
    | { readonly table: T; readonly row: Rows[T] }
    | { readonly table: T; readonly removed: Key<T> };
}[TableName];

/** What an event does to a row, which may be that only some of its columns get new values. */
export type Change =
  | RowChange
  | {
      [T in TableName]: {
        readonly table: T;
        readonly before: Rows[T];
        readonly columns: Partial<Rows[T]>;
      };
    }[TableName];

/** The row takes the place of the one with its key, if there is one. */
export const put = <T extends TableName>(table: T, row: Rows[T]): RowChange => ({ table, row }) as RowChange;

/** These columns of a row that is there get new values; none of them names it. Cheaper than `put` of a copy. */
export const set = <T extends TableName>(table: T, before: Rows[T], columns: Partial<Rows[T]>): Change =>
  ({ table, before, columns }) as Change;

/** The row with this key ends. */
export const remove = <T extends TableName>(table: T, ...removed: Key<T>): RowChange =>
  ({ table, removed }) as unknown as RowChange;
