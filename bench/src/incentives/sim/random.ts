/** What a number is drawn for, so that no two purposes share one. */
export const PURPOSES = ['coin', 'draw', 'audit', 'sample', 'opener', 'chance'] as const;

export type Purpose = (typeof PURPOSES)[number];

const codes: Readonly<Record<Purpose, number>> = {
  coin: 1,
  draw: 2,
  audit: 3,
  sample: 4,
  opener: 5,
  chance: 6,
};

/**
 * A number in [0, 1) that follows from its keys alone, as the beacon's do: whoever asks again, or in another order, gets the
 * same. Keys are whole numbers of 32 bits.
 */
export function uniform(seed: number, purpose: Purpose, a: number, b = 0, c = 0, d = 0): number {
  let h = mix(seed ^ Math.imul(codes[purpose], 0x9e3779b1));
  h = mix(h ^ a);
  h = mix(h + Math.imul(b, 0x85ebca6b));
  h = mix(h ^ Math.imul(c, 0xc2b2ae35));
  h = mix(h + d);
  return (h >>> 0) / 2 ** 32;
}

/** A whole number below `count`. */
export function below(count: number, u: number): number {
  return Math.floor(u * count);
}

/** Scatters 32 bits so that each bit of the result depends on each bit given (a finaliser with full avalanche). */
function mix(value: number): number {
  let h = (value + 0x6d2b79f5) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}

/** The numbers below n in an order that follows from one number in [0, 1) for each. */
export function permutation(n: number, random: (i: number) => number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = below(i + 1, random(i));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
