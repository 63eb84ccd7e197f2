import { type Change, put } from '../model/change.js';
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
  const sums: { -readonly [K in keyof Sums]: bigint } & { id: number } = {
    ...(state.get('totals', ROW) ?? nothing),
    id: ROW,
  };
  for (const name in differences) sums[name as keyof Sums] += differences[name as keyof Sums] ?? 0n;
  return put('totals', sums);
};
