import type { EventData } from '@dmcn/chain-client';
import { type Change, put } from '../model/change.js';
import { periodSizes, periodStart } from '../model/period.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';

type Period = Rows['marketPeriods'];
type Payment = EventData['BatchPaid'];

const empty = {
  jobs: 0n,
  unitsSubmitted: 0n,
  batchesPaid: 0n,
  unitsPaid: 0n,
  gasPaid: 0n,
  paid: 0n,
  royalties: 0n,
  fees: 0n,
  gasTimesAsk: 0n,
  lowest: null,
  highest: null,
  last: null,
} as const;

const inPeriods = (state: State, height: number, next: (period: Period) => Period): readonly Change[] => {
  const { time } = must(state, 'blocks', height);
  return periodSizes.map((size) => {
    const start = periodStart(size, time);
    const period = state.get('marketPeriods', size, start) ?? { ...empty, size, start };
    return put('marketPeriods', next(period));
  });
};

/** Counts a job among what was asked for in its block's time. */
export const countSubmitted = (state: State, height: number, units: number): readonly Change[] =>
  inPeriods(state, height, (period) => ({
    ...period,
    jobs: period.jobs + 1n,
    unitsSubmitted: period.unitsSubmitted + BigInt(units),
  }));

const least = (a: bigint | null, b: bigint) => (a === null || b < a ? b : a);
const most = (a: bigint | null, b: bigint) => (a === null || b > a ? b : a);

/** Counts a payment among what was paid in its block's time, in the market and of its worker. */
export const countPaid = (state: State, height: number, payment: Payment): readonly Change[] => [
  ...inPeriods(state, height, (period) => ({
    ...period,
    batchesPaid: period.batchesPaid + 1n,
    unitsPaid: period.unitsPaid + BigInt(payment.units),
    gasPaid: period.gasPaid + payment.gasTotal,
    paid: period.paid + payment.pay,
    royalties: period.royalties + payment.royalty,
    fees: period.fees + payment.fee,
    gasTimesAsk: period.gasTimesAsk + payment.gasTotal * payment.ask,
    lowest: least(period.lowest, payment.ask),
    highest: most(period.highest, payment.ask),
    last: payment.ask,
  })),
  ...countEarned(state, height, payment),
];

const countEarned = (state: State, height: number, payment: Payment): readonly Change[] => {
  const { time } = must(state, 'blocks', height);
  const owner = payment.worker;
  return periodSizes.map((size) => {
    const start = periodStart(size, time);
    const before = state.get('earningPeriods', owner, size, start);
    return put('earningPeriods', {
      owner,
      size,
      start,
      batches: (before?.batches ?? 0n) + 1n,
      units: (before?.units ?? 0n) + BigInt(payment.units),
      gas: (before?.gas ?? 0n) + payment.gasTotal,
      earned: (before?.earned ?? 0n) + payment.pay,
    });
  });
};
