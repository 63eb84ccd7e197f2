export { createFileBlobStore, type FileBlobStoreOptions } from './file-store.js';
export {
  type BlobServer,
  type BlobServerOptions,
  createBlobServer,
  DEFAULT_MIN_FREE_BYTES,
} from './server.js';
