import { sha256 } from '@noble/hashes/sha2.js';
import { checkNumber, concat, equalBytes, HASH_LENGTH } from './bytes.js';
import { InvalidProofError } from './errors.js';

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** Shows that an item stands at `index` of a tree over `total` items; the same as cometbft/crypto/merkle's proof. */
export interface MerkleProof {
  readonly total: number;
  readonly index: number;
  /** `SHA256(0x00 || item)`. */
  readonly leafHash: Uint8Array;
  /** The siblings from the leaf's to a child of the root. */
  readonly aunts: readonly Uint8Array[];
}

/** The RFC 6962 root over items of any length, 32 bytes; without items it is `SHA256("")`. */
export function merkleRoot(items: readonly Uint8Array[]): Uint8Array {
  return subtreeRoot(items.map(merkleLeafHash));
}

/** The proof of `items[index]`. Throws NumberRangeError when there is no such item. */
export function merkleProof(items: readonly Uint8Array[], index: number): MerkleProof {
  checkNumber(index, 'index', 0, items.length - 1);
  const aunts: Uint8Array[] = [];
  let subtree = items.map(merkleLeafHash);
  let position = index;
  while (subtree.length > 1) {
    const split = splitPoint(subtree.length);
    const [left, right] = [subtree.slice(0, split), subtree.slice(split)];
    const isLeft = position < split;
    aunts.unshift(subtreeRoot(isLeft ? right : left));
    subtree = isLeft ? left : right;
    if (!isLeft) position -= split;
  }
  return { total: items.length, index, leafHash: subtreeRoot(subtree), aunts };
}

/**
 * Throws InvalidProofError unless `proof` shows that `item` stands at `index` of the tree over `total` items with this
 * root. A proof made for another total or index is refused, whatever it hashes to.
 */
export function verifyMerkleProof(
  root: Uint8Array,
  total: number,
  index: number,
  item: Uint8Array,
  proof: MerkleProof,
): void {
  if (proof.total !== total || proof.index !== index) {
    throw new InvalidProofError(
      `made for item ${proof.index} of ${proof.total}, want item ${index} of ${total}`,
    );
  }
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(index) || index < 0 || index >= total) {
    throw new InvalidProofError(`no item ${index} in a tree of ${total}`);
  }
  if (proof.aunts.some((aunt) => aunt.length !== HASH_LENGTH)) {
    throw new InvalidProofError(`an aunt is not ${HASH_LENGTH} bytes long`);
  }
  if (!equalBytes(proof.leafHash, merkleLeafHash(item)))
    throw new InvalidProofError('it is for another item');
  const sides = pathSides(total, index);
  if (sides.length !== proof.aunts.length) {
    throw new InvalidProofError(`${proof.aunts.length} aunts, want ${sides.length}`);
  }
  const computed = proof.aunts.reduce(
    (hash, aunt, i) => (sides[i] === 'left' ? hashNode(hash, aunt) : hashNode(aunt, hash)),
    proof.leafHash,
  );
  if (!equalBytes(computed, root)) throw new InvalidProofError('it leads to another root');
}

/** Which child of its parent each node on the way from the leaf up to the root is. */
function pathSides(total: number, index: number): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  let size = total;
  let position = index;
  while (size > 1) {
    const split = splitPoint(size);
    if (position < split) {
      sides.unshift('left');
      size = split;
    } else {
      sides.unshift('right');
      size -= split;
      position -= split;
    }
  }
  return sides;
}

function subtreeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined) return sha256(new Uint8Array());
  if (hashes.length === 1) return first;
  const split = splitPoint(hashes.length);
  return hashNode(subtreeRoot(hashes.slice(0, split)), subtreeRoot(hashes.slice(split)));
}

/** The largest power of two below `size`, for sizes from 2. */
function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** `SHA256(0x00 || item)`: what stands for an item in a tree. */
export function merkleLeafHash(item: Uint8Array): Uint8Array {
  return sha256(concat(LEAF_PREFIX, item));
}

function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(NODE_PREFIX, left, right));
}
