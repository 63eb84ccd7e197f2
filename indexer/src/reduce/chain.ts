import type { Block, EventType } from '@dmcn/chain-client';
import { type Change, put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';

/** Events whose rows stay for good and have the block's time. */
const lasting: ReadonlySet<EventType> = new Set([
  'JobSubmitted',
  'JobSettled',
  'JobStateChanged',
  'BatchPaid',
  'SlashHeld',
  'ValidatorAbsent',
]);

/** What a block itself does to the rows, whatever its events say. */
export const block = (state: State, block: Block): readonly Change[] => [
  put('blocks', {
    height: block.height,
    hash: block.hash,
    parentHash: block.parentHash,
    appHash: block.appHash,
    time: block.time.getTime(),
    proposer: block.proposer,
    txs: block.txs.length,
    events: block.events.length,
    named: block.events.some(({ type }) => lasting.has(type)),
  }),
  tally(state, { blocks: 1n, txs: BigInt(block.txs.length), events: BigInt(block.events.length) }),
];

/** Keeps the newest parameters of a chain module, integers that may be large as decimal strings. */
export const paramsUpdated =
  <T extends EventType & `${string}ParamsUpdated`>(module: string): Reducer<T> =>
  (_state, { params }, at) => [
    put('params', {
      module,
      value: JSON.stringify(params, (_name, value) => (typeof value === 'bigint' ? value.toString() : value)),
      height: at.height,
    }),
  ];

export const itemFailed: Reducer<'ItemFailed'> = (_state, { item, error }, at) => [
  put('failures', { ...at, item, error }),
];

export const payoutsPaused: Reducer<'PayoutsPaused'> = (_state, sums, { height }) => [
  put('payoutPauses', { ...sums, height, resumedHeight: null }),
];

export const payoutsResumed: Reducer<'PayoutsResumed'> = (state, { account, pausedHeight }, { height }) => [
  set('payoutPauses', must(state, 'payoutPauses', account, pausedHeight), { resumedHeight: height }),
];
