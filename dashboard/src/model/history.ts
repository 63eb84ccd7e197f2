/** A quantity that moves from time to time: `times` in seconds, ascending. */
export interface Track {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

interface Move {
  /** ISO 8601. */
  readonly time: string;
}

/** A quantity after each of its moves, given newest first, drawn on to `now`, in milliseconds. */
export function trackOf<M extends Move>(
  newestFirst: readonly M[],
  after: (move: M) => number,
  now: number,
): Track {
  const moves = [...newestFirst].reverse();
  const times = moves.map(({ time }) => Date.parse(time) / 1_000);
  const values = moves.map(after);
  const last = values.at(-1);
  return last === undefined
    ? { times, values }
    : { times: [...times, now / 1_000], values: [...values, last] };
}

/** A sum before and after each of its newest additions, given newest first, of which `total` came of all. */
export function sumTrack<M extends Move>(
  newestFirst: readonly M[],
  amountOf: (move: M) => number,
  total: number,
  now: number,
): Track {
  let sum = total;
  const sums = newestFirst.map((move) => {
    const value = sum;
    sum -= amountOf(move);
    return { time: move.time, value };
  });
  return trackOf(sums, ({ value }) => value, now);
}
