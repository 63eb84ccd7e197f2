import type { Address, Udmc } from './primitives.js';

/** A validator of the chain, named by its operator. */
export interface Validator {
  readonly operator: Address;
  readonly moniker: string;
  /** `bonded` ones sign blocks. */
  readonly status: 'bonded' | 'unbonding' | 'unbonded';
  readonly jailed: boolean;
  /** All that is staked on it. */
  readonly stake: Udmc;
}

/** What an account has staked on a validator. */
export interface Delegation {
  readonly validator: Address;
  readonly stake: Udmc;
  /** Earned and not withdrawn, rounded down. */
  readonly reward: Udmc;
}
