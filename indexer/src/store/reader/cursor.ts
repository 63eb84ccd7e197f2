import { BadCursorError } from '../../errors.js';

/** A place in a list, as opaque text: the values that the list is ordered by. */
export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(
    JSON.stringify(values, (_name, value) => (typeof value === 'bigint' ? { n: value.toString() } : value)),
  ).toString('base64url');

/** The values of a cursor of a list ordered by so many columns. Throws `BadCursorError`. */
export const decodeCursor = (cursor: string, length: number): readonly unknown[] => {
  const values = parse(cursor);
  const fits = Array.isArray(values) && values.length === length && values.every(isValue);
  if (!fits) throw new BadCursorError(cursor);
  return values;
};

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'), (_name, value) =>
      isNumeral(value) ? BigInt(value.n) : value,
    );
  } catch (cause) {
    throw new BadCursorError(cursor, cause);
  }
};

const isNumeral = (value: unknown): value is { n: string } =>
  typeof value === 'object' && value !== null && 'n' in value && /^\d{1,80}$/.test(String(value.n));

const isValue = (value: unknown): boolean => ['string', 'number', 'bigint'].includes(typeof value);
