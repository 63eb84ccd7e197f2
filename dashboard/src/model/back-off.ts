const FIRST_MS = 1_000;
const MOST_MS = 60_000;

/**
 * How long to wait before trying again what failed so many times in a row: twice as long each time, up to a minute, and
 * a different part of it for each page, so that not all of them come at once. `random` is from 0 to 1.
 */
export const backOff = (failures: number, random: number): number =>
  Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), MOST_MS) * (0.5 + random / 2);
