export {
  BlobCorruptError,
  BlobError,
  BlobMissingError,
  BlobRefusedError,
  BlobStoreFullError,
  BlobTooLargeError,
  BlobUnreachableError,
} from './errors.js';
export { HASH_BYTES, hashBlob, hashFromHex, hashToHex } from './hash.js';
export { createHttpBlobStore, type HttpBlobStoreOptions } from './http/client.js';
export { type BlobCallOptions, type BlobGetOptions, type BlobStore, MAX_BLOB_BYTES } from './port.js';
