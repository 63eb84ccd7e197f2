/** From `npm run bench -- gas` on the reference machine (docs/gas-schedule.md). */
export const REFERENCE = {
  machine:
    'one core of an AMD EPYC (Zen 4) with 1 MiB of second-level cache and 32 MiB of a third one, Node 20',
  /** Nanoseconds for a gas of the worst class of work, on a machine that was busy: `random_get`, whose price was doubled since. */
  worstNanosecondsPerGas: 0.7,
  /** What slower memories and more work beside it may add to that. */
  reserve: 2,
  /** Seconds to check, instrument and compile the worst module: 0.4 for 1.7 MB of a real program, and a reserve. */
  preparationSeconds: 3,
} as const;

/** Seconds that the worst unit may take on the reference machine: a quarter of the time that referees have. */
export const UNIT_SECONDS = 75;

/** The highest gas limit that a job should be able to ask for: what the worst accepted program needs `UNIT_SECONDS` for, in whole 10^9. */
export function gasLimitCap({ worstNanosecondsPerGas, reserve, preparationSeconds } = REFERENCE): bigint {
  const billions = Math.floor((UNIT_SECONDS - preparationSeconds) / (reserve * worstNanosecondsPerGas));
  return BigInt(billions) * 1_000_000_000n;
}
