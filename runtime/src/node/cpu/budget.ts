/** CPU time that may be saved up while nothing runs, in milliseconds. */
const MOST_SAVED = 100;

/** Own CPU time that is still to be made up for, at most, in milliseconds. */
const MOST_OWED = 5_000;

/** The part of the share that units get at least, however busy this process is itself. */
const LEAST_FOR_UNITS = 1 / 4;

/**
 * CPU time that units may use, so that they and this process together keep to a share of one core. What was used too
 * much is made up for later; what was not used is forgotten but for a moment's worth. All times in milliseconds.
 */
export class CpuBudget {
  #left = MOST_SAVED;
  #owed = 0;

  /** @param share of one core, above 0 and at most 1 */
  constructor(private readonly share: number) {}

  /** What units may use now; below 0 they have to wait. */
  get left(): number {
    return this.#left;
  }

  /** Counts what was used since the last call: by units, and by this process. */
  spend({ wall, units, own }: { wall: number; units: number; own: number }): void {
    const allowed = wall * this.share;
    this.#owed = Math.min(this.#owed + own, MOST_OWED);
    const madeUp = Math.min(this.#owed, allowed * (1 - LEAST_FOR_UNITS));
    this.#owed -= madeUp;
    this.#left = Math.min(this.#left + allowed - madeUp - units, MOST_SAVED);
  }

  /** Time after which `wanted` is left, if nothing is used meanwhile. */
  timeUntil(wanted: number): number {
    return Math.max(0, (wanted - this.#left) / this.share);
  }
}
