import { hexToBytes } from '@dmcn/protocol';

/** What an index says does not look like what its schema promises. */
export class NonsenseError extends Error {
  override readonly name = 'NonsenseError';
  constructor(what: string, value: unknown) {
    super(`${what} is ${JSON.stringify(value)?.slice(0, 80)}`);
  }
}

const UINT64 = 2n ** 64n;

/** Readers of single values. Types are promised by the schema; whether an answer keeps them is seen here. */
export const read = {
  text(what: string, value: string): string {
    if (typeof value === 'string') return value;
    throw new NonsenseError(what, value);
  },
  flag(what: string, value: boolean): boolean {
    if (typeof value === 'boolean') return value;
    throw new NonsenseError(what, value);
  },
  /** A whole number from 0. */
  count(what: string, value: number): number {
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new NonsenseError(what, value);
  },
  /** Decimal digits. */
  amount(what: string, value: string): bigint {
    if (typeof value === 'string' && /^\d{1,40}$/.test(value)) return BigInt(value);
    throw new NonsenseError(what, value);
  },
  uint64(what: string, value: string): bigint {
    const number = read.amount(what, value);
    if (number < UINT64) return number;
    throw new NonsenseError(what, value);
  },
  /** 32 bytes. */
  hash(what: string, value: string): Uint8Array {
    if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return hexToBytes(value);
    throw new NonsenseError(what, value);
  },
  address(what: string, value: string): string {
    if (typeof value === 'string' && /^[a-z]{1,20}1[02-9ac-hj-np-z]{38,58}$/.test(value)) return value;
    throw new NonsenseError(what, value);
  },
  oneOf<T extends string>(what: string, value: T, known: readonly T[]): T {
    if (known.includes(value)) return value;
    throw new NonsenseError(what, value);
  },
  list<T, R>(what: string, value: readonly T[], each: (what: string, value: T) => R): R[] {
    if (Array.isArray(value)) return value.map((item: T) => each(what, item));
    throw new NonsenseError(what, value);
  },
};
