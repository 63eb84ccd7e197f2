import { put } from '../model/change.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';

export const beaconSeed: Reducer<'BeaconSeed'> = (_state, { seed }) => [
  put('seeds', {
    height: seed.height,
    value: hex(seed.value),
    live: seed.live,
    liveCount: seed.liveCount,
    proposer: seed.proposer,
  }),
];

export const beaconKeyRegistered: Reducer<'BeaconKeyRegistered'> = (_state, { key }, at) => [
  put('validatorKeys', {
    operator: key.operator,
    activeHeight: key.activeHeight,
    publicKey: hex(key.publicKey),
    height: at.height,
  }),
];
