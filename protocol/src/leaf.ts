import { sha256 } from '@noble/hashes/sha2.js';
import {
  ByteReader,
  checkBigint,
  checkLength,
  concat,
  equalBytes,
  HASH_LENGTH,
  U64_MAX,
  u8,
  u32,
  u64,
  utf8,
} from './bytes.js';
import { DecodeError, InvalidLeafError } from './errors.js';
import { type Status, statusCode, statusFromCode } from './status.js';

const TAG = utf8('dmcn/leaf/1');

/** Bytes of a leaf's record in the sealed leaves. */
export const LEAF_RECORD_LENGTH = 1 + 4 + 8 + HASH_LENGTH;
/** Bytes of a leaf's preimage. */
export const LEAF_PREIMAGE_LENGTH = TAG.length + 8 + 4 + LEAF_RECORD_LENGTH;

/** What a worker claims about one unit. */
export interface Leaf {
  readonly status: Status;
  /** The program's exit code as u32; 0 unless the status is EXIT. */
  readonly exitCode: number;
  /** Gas used; at most the job's limit a unit, and exactly the limit for OUT_OF_GAS. */
  readonly gas: bigint;
  /** SHA-256 of the output, 32 bytes. */
  readonly outputHash: Uint8Array;
}

/** A leaf with its place, as its preimage names it. */
export interface PlacedLeaf {
  readonly job: bigint;
  /** The unit's index over the whole job. */
  readonly unit: number;
  readonly leaf: Leaf;
}

/** SHA-256 of an output, for Leaf.outputHash. */
export function outputHash(output: Uint8Array): Uint8Array {
  return sha256(output);
}

/** Throws InvalidLeafError unless a run with this gas limit can have ended so. */
export function checkLeaf(leaf: Leaf, gasLimit: bigint): void {
  if ((leaf.status === 'EXIT') !== (leaf.exitCode !== 0)) {
    throw new InvalidLeafError('exitCode', `status ${leaf.status} with exit code ${leaf.exitCode}`);
  }
  if (leaf.gas > gasLimit) {
    throw new InvalidLeafError('gas', `gas ${leaf.gas} above the limit ${gasLimit}`);
  }
  if (leaf.status === 'OUT_OF_GAS' && leaf.gas !== gasLimit) {
    throw new InvalidLeafError('gas', `OUT_OF_GAS with gas ${leaf.gas}, want the limit ${gasLimit}`);
  }
}

/** `u8 status || u32 exit_code || u64 gas || SHA256(output)`, 45 bytes. Throws LengthError or NumberRangeError. */
export function encodeLeafRecord(leaf: Leaf): Uint8Array {
  return concat(
    u8(statusCode(leaf.status), 'status'),
    u32(leaf.exitCode, 'exit code'),
    u64(leaf.gas, 'gas'),
    checkLength(leaf.outputHash, 'output hash', HASH_LENGTH),
  );
}

/** Reads one record. Throws DecodeError when it is cut short and InvalidLeafError for an unknown status. */
export function readLeafRecord(reader: ByteReader): Leaf {
  return {
    status: statusFromCode(reader.u8()),
    exitCode: reader.u32(),
    gas: reader.u64(),
    outputHash: reader.take(HASH_LENGTH),
  };
}

/**
 * The preimage `leaf_i`: `"dmcn/leaf/1" || u64 job || u32 unit || record`, 68 bytes. The unit is counted over the whole
 * job. Throws LengthError or NumberRangeError.
 */
export function leafPreimage(job: bigint, unit: number, leaf: Leaf): Uint8Array {
  return concat(TAG, u64(job, 'job'), u32(unit, 'unit'), encodeLeafRecord(leaf));
}

/** The opposite of leafPreimage. Throws DecodeError, or InvalidLeafError for an unknown status. */
export function decodeLeafPreimage(preimage: Uint8Array): PlacedLeaf {
  const reader = new ByteReader(preimage, 'a leaf');
  if (!equalBytes(reader.take(TAG.length), TAG)) throw new DecodeError('a leaf', 'it has another tag');
  const placed = { job: reader.u64(), unit: reader.u32(), leaf: readLeafRecord(reader) };
  reader.end();
  return placed;
}

/** The sum of the leaves' gas; throws NumberRangeError above 2^64-1. */
export function sumGas(leaves: readonly Leaf[]): bigint {
  const total = leaves.reduce((sum, leaf) => sum + leaf.gas, 0n);
  return checkBigint(total, 'gas total', 0n, U64_MAX);
}
