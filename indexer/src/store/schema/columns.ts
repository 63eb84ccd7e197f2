import { sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/sqlite-core';

const LENGTH_DIGITS = 2;

/**
 * Text of an unsigned integer that sorts as the number does: two digits of length, then the decimal digits.
 * SQLite's own integers end at 2^63 - 1, which a u64 or an amount may pass.
 */
export const toSortable = (value: bigint): string => {
  const digits = value.toString();
  return (digits.length < 10 ? '0' : '') + digits.length + digits;
};

/** The number that `toSortable` wrote. */
export const fromSortable = (text: string): bigint => BigInt(text.slice(LENGTH_DIGITS));

/** An unsigned integer of any size: amounts, prices, gas. Sorts by value; null stays null. */
export const uint = customType<{ data: bigint; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => (value === null ? value : toSortable(value)),
  fromDriver: fromSortable,
});

/** `uint` that begins with nothing, for columns that came later. */
export const sum = () =>
  uint()
    .notNull()
    .default(sql.raw(`'${toSortable(0n)}'`));

/** An id that counts from 1, kept as an SQLite integer. */
export const counter = customType<{ data: bigint; driverData: bigint | number }>({
  dataType: () => 'integer',
  toDriver: (value) => value,
  fromDriver: (value) => BigInt(value),
});
