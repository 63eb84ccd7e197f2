export { createFileBlobStore, type FileBlobStoreOptions } from './file-store.js';
export {
  type BlobServer,
  type BlobServerOptions,
  createBlobServer,
} from './server.js';
