import { merkleLeafHash, type MerkleProof as ProtocolProof } from '@dmcn/protocol';
import type { MerkleProof } from '../types/batch.js';

/** A proof as messages carry it. */
export const wireProof = ({ total, index, aunts }: ProtocolProof): MerkleProof => ({
  total: BigInt(total),
  index: BigInt(index),
  aunts,
});

/** What a message carries as the proof of an item. */
export const protocolProof = (item: Uint8Array, { total, index, aunts }: MerkleProof): ProtocolProof => ({
  total: Number(total),
  index: Number(index),
  leafHash: merkleLeafHash(item),
  aunts,
});
