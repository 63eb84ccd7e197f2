import { fromBase64 } from '@cosmjs/encoding';

/** An answer that has not the shape it should have. `path` tells where. */
export class ShapeError extends Error {
  constructor(path: readonly string[], expected: string) {
    super(`${path.join('.') || 'answer'} is not ${expected}`);
  }
}

/** The value at a path of an untrusted JSON document, undefined where there is none. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** The text at a path; an absent one reads as empty, as protobuf's JSON leaves it out. */
export function textAt(value: unknown, ...path: string[]): string {
  const text = at(value, ...path) ?? '';
  if (typeof text !== 'string') throw new ShapeError(path, 'a text');
  return text;
}

/** The non-empty text at a path. */
export function requiredTextAt(value: unknown, ...path: string[]): string {
  const text = textAt(value, ...path);
  if (text === '') throw new ShapeError(path, 'present');
  return text;
}

/** The integer at a path, from a number or a decimal text; an absent one reads as 0. */
export function bigintAt(value: unknown, ...path: string[]): bigint {
  const number = at(value, ...path) ?? 0;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return BigInt(number);
  if (typeof number === 'string' && /^-?\d+$/.test(number)) return BigInt(number);
  throw new ShapeError(path, 'an integer');
}

/** The integer at a path, as a number. */
export function integerAt(value: unknown, ...path: string[]): number {
  const number = Number(bigintAt(value, ...path));
  if (!Number.isSafeInteger(number)) throw new ShapeError(path, 'a safe integer');
  return number;
}

/** The list at a path; null and absent read as empty. */
export function listAt(value: unknown, ...path: string[]): readonly unknown[] {
  const list = at(value, ...path) ?? [];
  if (!Array.isArray(list)) throw new ShapeError(path, 'a list');
  return list;
}

/** The base64 bytes at a path; absent ones read as empty. */
export function bytesAt(value: unknown, ...path: string[]): Uint8Array {
  return bytesOf(at(value, ...path) ?? '', path);
}

/** Bytes of a base64 text. */
export function bytesOf(text: unknown, path: readonly string[] = []): Uint8Array {
  if (typeof text !== 'string') throw new ShapeError(path, 'base64');
  try {
    return fromBase64(text);
  } catch {
    throw new ShapeError(path, 'base64');
  }
}

/** The time at a path. */
export function timeAt(value: unknown, ...path: string[]): Date {
  const time = new Date(requiredTextAt(value, ...path));
  if (Number.isNaN(time.getTime())) throw new ShapeError(path, 'a time');
  return time;
}
