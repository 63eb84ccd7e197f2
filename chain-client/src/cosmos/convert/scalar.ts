import { ShapeError } from '../rpc/shape.js';

/** An amount from the chain's decimal text. An empty text is 0. */
export function amount(text: string): bigint {
  if (!/^-?\d*$/.test(text)) throw new ShapeError([text.slice(0, 20)], 'an amount');
  // Of a safe integer it is made twice as fast as of a text.
  return BigInt(text.length < 16 ? Number(text) : text);
}

/** A height, count or number of blocks from a 64-bit integer. */
export function count(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new ShapeError([String(value)], 'a safe integer');
  return number;
}

/** A message that must be there. */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new ShapeError([name], 'present');
  return value;
}

/** The name of a state, which the chain gives as a number. */
export function named<T>(value: T | undefined, name: string): T {
  return present(value, `known ${name}`);
}
