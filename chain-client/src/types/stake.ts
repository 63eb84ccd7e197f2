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
  /** The part of its delegators' rewards that it keeps, a decimal number from 0 to 1. */
  readonly commission: string;
  /** What blocks name it by as their proposer, hex. */
  readonly consensusAddress: string;
}

/** What an account has staked on a validator. */
export interface Delegation {
  readonly validator: Address;
  readonly stake: Udmc;
  /** Earned and not withdrawn, rounded down. */
  readonly reward: Udmc;
}

/** An account of one of the chain's modules. */
export interface AccountPayouts {
  /** As in `task_escrow`. */
  readonly name: string;
  readonly address: Address;
  readonly held: Udmc;
  /** The sum of what it keeps for others. */
  readonly owed: Udmc;
  /** The block since which it pays nothing, 0 while it pays. */
  readonly pausedHeight: number;
}
