import { put, set } from '../model/change.js';
import { must } from '../model/state.js';
import type { Reducer } from './reducer.js';

export const outputDemanded: Reducer<'OutputDemanded'> = (_state, demand, at) => [
  put('demands', { ...demand, height: at.height, poster: null, postedHeight: null, returnedHeight: null }),
];

export const outputPosted: Reducer<'OutputPosted'> = (state, { jobId, batch, epoch, poster }, at) => [
  set('demands', must(state, 'demands', jobId, batch, epoch), { poster, postedHeight: at.height }),
];

export const demandReturned: Reducer<'DemandReturned'> = (state, { jobId, batch, epoch }, at) => [
  set('demands', must(state, 'demands', jobId, batch, epoch), { returnedHeight: at.height }),
];
