import type { Address, Bytes32 } from './primitives.js';

/** The beacon's value at one height. */
export interface Seed {
  readonly height: number;
  readonly value: Bytes32;
  /** False where the proposer had no key: nothing is drawn from such a seed. */
  readonly live: boolean;
  /** Live heights up to and including this one. */
  readonly liveCount: number;
  /** Operator of the block's proposer, empty where unknown. */
  readonly proposer: string;
}

/** A validator's VRF key. */
export interface ValidatorKey {
  readonly operator: Address;
  readonly publicKey: Bytes32;
  /** First height at which the key must be used. */
  readonly activeHeight: number;
}
