import { checkBigint, checkLength, checkNumber, HASH_LENGTH, U64_MAX } from './bytes.js';
import { firstU64 } from './randomness.js';

/** The threshold of p = 1, at which a coin always hits. */
export const CERTAIN_COIN = U64_MAX;

const ONE = 10_000;
const MAX_HEIGHTS = 1_000;

/** Whether the first 8 bytes of r are below the u64 threshold; CERTAIN_COIN always hits. */
export function coinHits(r: Uint8Array, threshold: bigint): boolean {
  checkLength(r, 'randomness', HASH_LENGTH);
  checkBigint(threshold, 'threshold', 0n, U64_MAX);
  return threshold === CERTAIN_COIN || firstU64(r) < threshold;
}

/**
 * `floor(2^64 * (1 - (1-p)^(1/m)))` for p in basis points: the threshold at each of m heights (1 to 1,000) that makes a
 * coin hit at one of them with probability p. CERTAIN_COIN for p = 1. Throws NumberRangeError.
 */
export function coinThreshold(probabilityBps: number, heights: number): bigint {
  checkNumber(probabilityBps, 'probability in basis points', 0, ONE);
  checkNumber(heights, 'heights', 1, MAX_HEIGHTS);
  if (probabilityBps === 0) return 0n;
  if (probabilityBps === ONE) return CERTAIN_COIN;
  return 2n ** 64n - leastMiss(BigInt(ONE - probabilityBps), BigInt(heights));
}

/** The least x with `10^4 * x^m >= missBps * 2^(64m)`, that is ceil(2^64 * (missBps/10^4)^(1/m)), by bisection. */
function leastMiss(missBps: bigint, heights: bigint): bigint {
  const target = missBps << (64n * heights);
  let low = 0n;
  let high = 2n ** 64n;
  while (low < high) {
    const middle = (low + high) / 2n;
    if (BigInt(ONE) * middle ** heights >= target) high = middle;
    else low = middle + 1n;
  }
  return high;
}
