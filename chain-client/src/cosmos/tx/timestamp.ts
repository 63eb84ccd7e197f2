import type { Timestamp } from 'cosmjs-types/google/protobuf/timestamp';

const nanosInSecond = 1_000_000_000n;
const nanosInMilli = 1_000_000n;

/** A time in nanoseconds since 1970 as protobuf's Timestamp. */
export const toTimestamp = (nanos: bigint): Timestamp => ({
  seconds: nanos / nanosInSecond,
  nanos: Number(nanos % nanosInSecond),
});

/** The first whole millisecond that is not before a time in nanoseconds. */
export const dateNotBefore = (nanos: bigint): Date =>
  new Date(Number((nanos + nanosInMilli - 1n) / nanosInMilli));

/**
 * Expiry times in nanoseconds, no two alike for one signer: they are what tells a signer's unordered transactions apart.
 * The part below a millisecond is random, so that other processes with the same key do not collide.
 */
export class ExpiryTimes {
  readonly #last = new Map<string, bigint>();

  next(signer: string, time: Date): bigint {
    const wanted = BigInt(time.getTime()) * nanosInMilli + BigInt(Math.floor(Math.random() * 1_000_000));
    const last = this.#last.get(signer) ?? 0n;
    const nanos = wanted > last ? wanted : last + 1n + BigInt(Math.floor(Math.random() * 1_000));
    this.#last.set(signer, nanos);
    return nanos;
  }
}
