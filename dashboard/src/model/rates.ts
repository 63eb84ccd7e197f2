/** What was paid in a stretch of block time, as the API tells it. Stretches without a payment are left out there. */
export interface Period {
  /** ISO 8601. */
  readonly start: string;
  readonly gasPaid: string;
  readonly unitsPaid: string;
  readonly meanPrice: string | null;
  readonly lowestPrice: string | null;
  readonly highestPrice: string | null;
}

/** Equal stretches of time: in each, gas and units paid a second, and prices, null where nothing was paid. */
export interface Rates {
  /** Starts, in seconds. */
  readonly times: readonly number[];
  readonly gas: readonly number[];
  readonly units: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly lowest: readonly (number | null)[];
  readonly highest: readonly (number | null)[];
}

const numberOf = (amount: string | null | undefined): number | null =>
  amount == null ? null : Number(amount);

/** A picture of less is none. */
const FEWEST = 12;

/**
 * The last stretches of `stepMs` up to the one that `end`, in milliseconds, falls into: `most` of them, or as many as there
 * are since the first payment.
 */
export function ratesOf(periods: readonly Period[], end: number, stepMs: number, most: number): Rates {
  const byStart = new Map(periods.map((period) => [Date.parse(period.start), period]));
  const last = end - (end % stepMs);
  const first = Math.min(last, ...byStart.keys());
  const steps = Math.min(most, Math.max(FEWEST, (last - first) / stepMs + 1));
  const starts = Array.from({ length: steps }, (_, i) => last - (steps - 1 - i) * stepMs);
  const found = starts.map((start) => byStart.get(start));
  const perSecond = (sum: string | undefined) => Number(sum ?? 0) / (stepMs / 1_000);
  return {
    times: starts.map((start) => start / 1_000),
    gas: found.map((period) => perSecond(period?.gasPaid)),
    units: found.map((period) => perSecond(period?.unitsPaid)),
    mean: found.map((period) => numberOf(period?.meanPrice)),
    lowest: found.map((period) => numberOf(period?.lowestPrice)),
    highest: found.map((period) => numberOf(period?.highestPrice)),
  };
}

interface Payment {
  /** ISO 8601. */
  readonly time: string;
  readonly gasTotal: string;
  readonly unitCount: number;
}

/**
 * Gas and units paid a second of late, from the newest payments, newest first: over the last minute, or as far as they
 * reach where there were `most` of them in less.
 */
export function lately(
  payments: readonly Payment[],
  now: number,
  most: number,
): { readonly gas: number; readonly units: number } {
  const oldest = Date.parse(payments.at(-1)?.time ?? '');
  const span = payments.length >= most ? Math.min(60_000, Math.max(1_000, now - oldest)) : 60_000;
  const recent = payments.filter(({ time }) => now - Date.parse(time) <= span);
  const sum = (of: (payment: Payment) => number) => recent.reduce((total, payment) => total + of(payment), 0);
  return {
    gas: sum(({ gasTotal }) => Number(gasTotal)) / (span / 1_000),
    units: sum(({ unitCount }) => unitCount) / (span / 1_000),
  };
}
