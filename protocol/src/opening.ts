import { checkLength, equalBytes, HASH_LENGTH } from './bytes.js';
import { batchRoot, commitment } from './commitment.js';
import { OpeningError } from './errors.js';
import { checkLeaf, type Leaf, sumGas } from './leaf.js';
import type { LeaseId } from './lease.js';

/** What an opener shows: the key K, the sum of gas, and every leaf of the batch in order. */
export interface Opening {
  readonly key: Uint8Array;
  readonly gasTotal: bigint;
  readonly leaves: readonly Leaf[];
}

/** The place and terms that an opening is checked against. */
export interface OpeningTerms {
  readonly lease: LeaseId;
  /** The batch's first unit over the whole job, and its real length. */
  readonly firstUnit: number;
  readonly length: number;
  /** The job's gas limit a unit. */
  readonly gasLimit: bigint;
}

/**
 * Checks an opening as the chain does and returns the batch's root. Throws InvalidLeafError for a leaf that no run can
 * have produced, and OpeningError when number of leaves, gas or commitment differ.
 */
export function verifyOpening(committed: Uint8Array, terms: OpeningTerms, opening: Opening): Uint8Array {
  checkLength(committed, 'commitment', HASH_LENGTH);
  const { leaves, key, gasTotal } = opening;
  if (leaves.length !== terms.length) {
    throw new OpeningError(`${leaves.length} leaves for a batch of ${terms.length}`);
  }
  for (const leaf of leaves) checkLeaf(leaf, terms.gasLimit);
  const gas = sumGas(leaves);
  if (gas !== gasTotal) throw new OpeningError(`the leaves' gas is ${gas}, the opening says ${gasTotal}`);
  const root = batchRoot(terms.lease.job, terms.firstUnit, leaves);
  if (!equalBytes(commitment(terms.lease, key, root, gas), committed)) {
    throw new OpeningError('key, leaves or lease differ');
  }
  return root;
}
