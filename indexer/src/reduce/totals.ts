import { type Change, put, set } from '../model/change.js';
import type { State } from '../model/state.js';
import type { Rows } from '../model/tables.js';

type Sums = Omit<Rows['totals'], 'id'>;

const ROW = 1;

const nothing: Sums = {
  blocks: 0n,
  txs: 0n,
  events: 0n,
  modules: 0n,
  jobs: 0n,
  openJobs: 0n,
  batches: 0n,
  liveBatches: 0n,
  finalBatches: 0n,
  endedBatches: 0n,
  unitsPaid: 0n,
  gasPaid: 0n,
  workers: 0n,
  activeWorkers: 0n,
  lots: 0n,
  bonded: 0n,
  locked: 0n,
  funded: 0n,
  paid: 0n,
  royalties: 0n,
  fees: 0n,
  audits: 0n,
  refunded: 0n,
  supply: 0n,
  minted: 0n,
  burned: 0n,
  staked: 0n,
  bondedValidators: 0n,
};

/** Adds to the chain-wide sums. */
export const tally = (state: State, differences: Partial<Sums>): Change => {
  const sums = state.get('totals', ROW);
  if (sums === undefined) return put('totals', { ...nothing, ...differences, id: ROW });
  const moved: { -readonly [K in keyof Sums]?: bigint } = {};
  for (const key in differences) {
    const name = key as keyof Sums;
    const difference = differences[name] ?? 0n;
    if (difference !== 0n) moved[name] = sums[name] + difference;
  }
  return set('totals', sums, moved);
};
