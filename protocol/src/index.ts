export { BASIS_POINTS, formatDmc, MAX_AMOUNT, parseDmc, parseUdmc, type Udmc } from './amount.js';
export * from './audit.js';
export * from './audit-fee.js';
export * from './batch.js';
export * from './batch-keys.js';
export * from './bond.js';
export {
  ACCOUNT_LENGTH,
  bytesToHex,
  concat,
  equalBytes,
  HASH_LENGTH,
  hexToBytes,
  KEY_LENGTH,
  U32_MAX,
  U64_MAX,
} from './bytes.js';
export * from './coin.js';
export * from './commitment.js';
export * from './encryption-key.js';
export * from './errors.js';
export * from './escrow.js';
export * from './input-index.js';
export {
  checkLeaf,
  decodeLeafPreimage,
  encodeLeafRecord,
  LEAF_PREIMAGE_LENGTH,
  LEAF_RECORD_LENGTH,
  type Leaf,
  leafPreimage,
  outputHash,
  type PlacedLeaf,
  sumGas,
} from './leaf.js';
export * from './lease.js';
export * from './merkle.js';
export * from './opening.js';
export * from './outputs.js';
export * from './payment.js';
export {
  MAX_PICK_TRIES,
  type Purpose,
  permutation,
  pickSlot,
  purposeRandom,
  type RandomId,
} from './randomness.js';
export * from './sealed-leaves.js';
export * from './status.js';
export * from './vote.js';
export * from './wrapped-key.js';
