/** What a payment tells about throughput and price. */
export interface Paid {
  /** Milliseconds. */
  readonly time: number;
  readonly gas: number;
  readonly units: number;
  /** udmc for 10^9 gas. */
  readonly ask: number;
}

/** Equal stretches of time up to `end`: in each, gas and units paid a second, and the mean price, null where nothing was paid. */
export interface Rates {
  /** Middle of each stretch, in seconds. */
  readonly times: readonly number[];
  readonly gas: readonly number[];
  readonly units: readonly number[];
  readonly price: readonly (number | null)[];
}

/** Sums payments into `steps` stretches of `stepMs`, the last one ending at the first whole step at or after `end`. */
export function ratesOf(payments: readonly Paid[], end: number, stepMs: number, steps: number): Rates {
  const last = Math.ceil(end / stepMs);
  const first = last - steps;
  const gas = new Array<number>(steps).fill(0);
  const units = new Array<number>(steps).fill(0);
  const weighted = new Array<number>(steps).fill(0);
  for (const paid of payments) {
    const at = Math.floor(paid.time / stepMs) - first;
    if (at < 0 || at >= steps) continue;
    gas[at] = (gas[at] ?? 0) + paid.gas;
    units[at] = (units[at] ?? 0) + paid.units;
    weighted[at] = (weighted[at] ?? 0) + paid.gas * paid.ask;
  }
  const seconds = stepMs / 1_000;
  return {
    times: gas.map((_, i) => (first + i + 0.5) * seconds),
    gas: gas.map((sum) => sum / seconds),
    units: units.map((sum) => sum / seconds),
    price: gas.map((sum, i) => (sum === 0 ? null : (weighted[i] ?? 0) / sum)),
  };
}

/** Mean price of payments, weighted by gas; undefined where there is none. */
export function meanPrice(payments: readonly Paid[]): number | undefined {
  const gas = payments.reduce((sum, paid) => sum + paid.gas, 0);
  return gas === 0 ? undefined : payments.reduce((sum, paid) => sum + paid.gas * paid.ask, 0) / gas;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600, 86_400] as const;

/** A step of round length, in milliseconds, so that `steps` of them reach from `start` to `end`, both in milliseconds. */
export function roundStep(start: number, end: number, steps: number): number {
  const wanted = Math.max(0, end - start) / 1_000 / steps;
  return (STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400) * 1_000;
}
