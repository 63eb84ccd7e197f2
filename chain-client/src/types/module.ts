import type { Address, Bytes32, Udmc } from './primitives.js';

/** A stored task module, without its code. */
export interface Module {
  /** SHA-256 of the raw bytes. */
  readonly id: Bytes32;
  readonly author: Address;
  /** Raw bytes. */
  readonly size: number;
  /** What the author earns on top of the work paid, in basis points. */
  readonly royaltyBps: number;
  /** Returned to the author when the module is removed. */
  readonly deposit: Udmc;
  readonly height: number;
  /** The author's label, without a meaning to the chain. */
  readonly name: string;
}
