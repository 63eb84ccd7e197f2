import type { Seed, ValidatorKey } from '../../types/beacon.js';
import type { BeaconParams } from '../../types/params.js';
import type * as wire from '../gen/dmcn/beacon/v1/beacon.js';
import { count } from './scalar.js';

export const toSeed = (seed: wire.Seed): Seed => ({
  height: count(seed.height),
  value: seed.value,
  live: seed.live,
  liveCount: count(seed.liveCount),
  proposer: seed.proposer,
});

export const toValidatorKey = (key: wire.ValidatorKey): ValidatorKey => ({
  operator: key.operator,
  publicKey: key.publicKey,
  activeHeight: count(key.activeHeight),
});

export const toBeaconParams = (params: wire.Params): BeaconParams => ({
  keyDelay: count(params.keyDelay),
  history: count(params.history),
});
