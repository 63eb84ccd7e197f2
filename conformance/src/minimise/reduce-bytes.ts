/** Tries of one reduction at most: each runs engines. */
const MOST_TRIES = 200;

/** Shorter bytes for which the predicate holds too: leaves out ever smaller pieces. */
export async function reduceBytes(
  bytes: Uint8Array,
  holds: (bytes: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let best = bytes;
  let tries = 0;
  for (let size = best.length; size > 0; size = Math.floor(size / 2)) {
    for (let end = best.length; end > 0 && tries < MOST_TRIES; end -= size) {
      const start = Math.max(0, end - size);
      const candidate = new Uint8Array([...best.subarray(0, start), ...best.subarray(end)]);
      tries += 1;
      if (candidate.length < best.length && (await holds(candidate))) best = candidate;
    }
  }
  return best;
}
