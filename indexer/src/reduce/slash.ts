import { put, set } from '../model/change.js';
import { must } from '../model/state.js';
import type { Reducer } from './reducer.js';

export const slashHeld: Reducer<'SlashHeld'> = (_, { slash }) => [
  put('slashes', {
    ...slash,
    shares: slash.shares.map((share) => ({ ...share, amount: share.amount.toString() })),
    state: 'held',
    endedHeight: null,
    burned: null,
  }),
];

export const slashDeferred: Reducer<'SlashDeferred'> = (state, { slash }) => [
  set('slashes', must(state, 'slashes', slash.id), { releaseHeight: slash.releaseHeight }),
];

export const slashReleased: Reducer<'SlashReleased'> = (state, { slash, burned }, { height }) => [
  set('slashes', must(state, 'slashes', slash.id), { state: 'released', endedHeight: height, burned }),
];

export const slashReversed: Reducer<'SlashReversed'> = (state, { slash }, { height }) => [
  set('slashes', must(state, 'slashes', slash.id), { state: 'reversed', endedHeight: height }),
];
