import { put } from '../model/change.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';
import { putValidator } from './validator.js';

export const beaconSeed: Reducer<'BeaconSeed'> = (state, { seed }) => [
  put('seeds', {
    height: seed.height,
    value: hex(seed.value),
    live: seed.live,
    liveCount: seed.liveCount,
    proposer: seed.proposer,
  }),
  ...(seed.proposer === ''
    ? []
    : [
        putValidator(state, seed.proposer, ({ proposed, live }) => ({
          proposed: proposed + 1n,
          live: live + (seed.live ? 1n : 0n),
          lastProposedHeight: seed.height,
        })),
      ]),
];

export const beaconKeyRegistered: Reducer<'BeaconKeyRegistered'> = (state, { key }, at) => [
  put('validatorKeys', {
    operator: key.operator,
    activeHeight: key.activeHeight,
    publicKey: hex(key.publicKey),
    height: at.height,
  }),
  putValidator(state, key.operator, () => ({ keyHeight: at.height })),
];
