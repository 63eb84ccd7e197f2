export interface Stretches {
  /** Heights 1 to that one. */
  readonly blocks: number;
  /** Blocks of a stretch. */
  readonly together: number;
  /** Stretches at the same time. */
  readonly parallel: number;
  /** Told how many more blocks are done. */
  readonly onBlocks: (count: number) => void;
}

/** Takes all heights, stretch by stretch. Returns how many events `take` found. */
export const overStretches = async (
  { blocks, together, parallel, onBlocks }: Stretches,
  take: (from: number, to: number) => Promise<number>,
): Promise<number> => {
  let next = 1;
  let events = 0;
  const one = async () => {
    while (next <= blocks) {
      const [from, to] = [next, Math.min(next + together - 1, blocks)];
      next = to + 1;
      const found = await take(from, to);
      events += found;
      onBlocks(to - from + 1);
    }
  };
  await Promise.all(Array.from({ length: parallel }, one));
  return events;
};
