import { KEY_LENGTH } from './bytes.js';

/** The two keys of a lease, 32 bytes each. */
export interface BatchKeys {
  /** K, which seals the leaves and is wrapped for openers only. */
  readonly leafKey: Uint8Array;
  /** K_out, which encrypts the outputs and is wrapped for the requester. */
  readonly outputKey: Uint8Array;
}

/** Fills and returns the given bytes. */
export type RandomFill = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/** Draws both keys afresh, which every epoch of a batch needs. `random` is the platform's secure source by default. */
export function generateBatchKeys(random: RandomFill = fillFromPlatform): BatchKeys {
  return {
    leafKey: random(new Uint8Array(KEY_LENGTH)),
    outputKey: random(new Uint8Array(KEY_LENGTH)),
  };
}

const fillFromPlatform: RandomFill = (bytes) => globalThis.crypto.getRandomValues(bytes);
