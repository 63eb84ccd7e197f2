import { checkBigint, checkNumber, U64_MAX } from './bytes.js';
import { AmountSyntaxError } from './errors.js';

/** An amount in udmc, or a price in udmc per 10^9 gas. */
export type Udmc = bigint;

/** The largest amount or price, 2^128-1. */
export const MAX_AMOUNT: Udmc = 2n ** 128n - 1n;
/** One whole in basis points. */
export const BASIS_POINTS = 10_000;

const UDMC_PER_DMC = 1_000_000n;
const DMC_DIGITS = 6;

/** Writes udmc as DMC without superfluous zeros: 1500000 is `1.5`. Throws NumberRangeError. */
export function formatDmc(amount: Udmc): string {
  checkAmount(amount, 'amount');
  const fraction = (amount % UDMC_PER_DMC).toString().padStart(DMC_DIGITS, '0').replace(/0+$/, '');
  const whole = (amount / UDMC_PER_DMC).toString();
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Reads DMC such as `1.5` exactly into udmc. Throws AmountSyntaxError or NumberRangeError. */
export function parseDmc(text: string): Udmc {
  const match = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  const [, whole, fraction = ''] = match ?? [];
  if (whole === undefined) throw new AmountSyntaxError(text, 'DMC such as 1.5, with at most 6 decimals');
  return checkAmount(BigInt(whole) * UDMC_PER_DMC + BigInt(fraction.padEnd(DMC_DIGITS, '0')), 'amount');
}

/** Reads a decimal string of udmc, as JSON and the chain carry amounts. Throws AmountSyntaxError or NumberRangeError. */
export function parseUdmc(text: string): Udmc {
  if (!/^\d+$/.test(text)) throw new AmountSyntaxError(text, 'whole udmc such as 1500000');
  return checkAmount(BigInt(text), 'amount');
}

/** Returns an amount or price that is not negative and fits 128 bits; throws NumberRangeError otherwise. */
export function checkAmount(amount: Udmc, what: string): Udmc {
  return checkBigint(amount, what, 0n, MAX_AMOUNT);
}

/** Returns gas that fits 64 bits; throws NumberRangeError otherwise. */
export function checkGas(gas: bigint, what: string): bigint {
  return checkBigint(gas, what, 0n, U64_MAX);
}

/** Returns basis points from 0 to 10,000 for a product; throws NumberRangeError otherwise. */
export function checkBps(bps: number, what: string): bigint {
  return BigInt(checkNumber(bps, what, 0, BASIS_POINTS));
}

/** x/y rounded up, for x from 0 and y above 0. */
export function ceilDiv(x: bigint, y: bigint): bigint {
  return (x + y - 1n) / y;
}
