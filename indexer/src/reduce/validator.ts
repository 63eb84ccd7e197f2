import { type Change, put, set } from '../model/change.js';
import type { State } from '../model/state.js';
import type { Rows } from '../model/tables.js';

type ValidatorRow = Rows['validators'];

const unknown = {
  proposed: 0n,
  live: 0n,
  lastProposedHeight: 0,
  keyHeight: null,
  referee: null,
  votes: 0n,
  absences: 0n,
  jailed: 0n,
  earned: 0n,
  moniker: '',
  status: null,
  isJailed: false,
  stake: 0n,
  commission: null,
  consensusAddress: null,
  changedHeight: null,
} as const;

/** Moves a validator's row, which begins with the first thing that is heard of it. */
export const putValidator = (
  state: State,
  operator: string,
  next: (before: ValidatorRow) => Partial<ValidatorRow>,
): Change => {
  const before = state.get('validators', operator);
  if (before !== undefined) return set('validators', before, next(before));
  const first = { ...unknown, operator };
  return put('validators', { ...first, ...next(first) });
};
