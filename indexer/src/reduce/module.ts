import { put, set } from '../model/change.js';
import { must } from '../model/state.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';

/** A module that comes back after its removal keeps what it earned. */
export const moduleStored: Reducer<'ModuleStored'> = (state, { module }) => {
  const id = hex(module.id);
  const before = state.get('modules', id);
  return [
    put('modules', {
      id,
      author: module.author,
      name: module.name,
      size: module.size,
      royaltyBps: module.royaltyBps,
      deposit: module.deposit,
      storedHeight: module.height,
      removedHeight: null,
      jobs: before?.jobs ?? 0n,
      unitsPaid: before?.unitsPaid ?? 0n,
      royalties: before?.royalties ?? 0n,
    }),
    tally(state, { modules: 1n }),
  ];
};

export const moduleRemoved: Reducer<'ModuleRemoved'> = (state, { moduleId }, at) => [
  set('modules', must(state, 'modules', hex(moduleId)), { removedHeight: at.height }),
  tally(state, { modules: -1n }),
];
