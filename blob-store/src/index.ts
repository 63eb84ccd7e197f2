export {
  BlobCorruptError,
  BlobError,
  BlobMissingError,
  BlobRefusedError,
  BlobStoreFullError,
  BlobTooLargeError,
  BlobUnreachableError,
  type RefusalReason,
  UploadRefusedError,
} from './errors.js';
export { HASH_BYTES, hashBlob, hashFromHex, hashToHex } from './hash.js';
export { createHttpBlobStore, type HttpBlobStoreOptions } from './http/client.js';
export { RestingLocators } from './http/resting.js';
export type { UploadAuthority, UploadProof, UploadSigner } from './permit/permit.js';
export { type BlobCallOptions, type BlobGetOptions, type BlobStore, MAX_BLOB_BYTES } from './port.js';
export type { RetentionFeed } from './retention/feed.js';
export type { JobHold, RetentionPolicy } from './retention/retention.js';
