import { collectBlob } from '../collect.js';
import { BlobCorruptError, BlobMissingError, BlobTooLargeError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { type BlobCallOptions, type BlobGetOptions, type BlobStore, MAX_BLOB_BYTES } from '../port.js';
import { BlobFiles } from './blob-files.js';

export interface FileBlobStoreOptions {
  /** Directory of the blobs; made when it does not exist. */
  readonly dir: string;
  /** The most bytes of a blob; 64 MiB when absent. */
  readonly maxBytes?: number;
}

/** A blob store in a directory of this machine, safe for several processes at once and against crashes. */
export function createFileBlobStore({
  dir,
  maxBytes: limit = MAX_BLOB_BYTES,
}: FileBlobStoreOptions): BlobStore {
  const files = new BlobFiles(dir, limit);

  const get = async (hash: Uint8Array, { signal, maxBytes = limit }: BlobGetOptions = {}) => {
    signal?.throwIfAborted();
    const hex = hashToHex(hash);
    const blob = await files.open(hex);
    const stream = blob.read();
    try {
      return await collectBlob(stream, { hash: hex, where: dir, maxBytes: Math.min(maxBytes, limit) });
    } finally {
      stream.destroy();
    }
  };

  const isIntact = async (hash: Uint8Array): Promise<boolean> => {
    try {
      await get(hash);
      return true;
    } catch (error) {
      const damaged = [BlobMissingError, BlobCorruptError, BlobTooLargeError].some(
        (kind) => error instanceof kind,
      );
      if (damaged) return false;
      throw error;
    }
  };

  return {
    get,

    async put(bytes: Uint8Array, { signal }: BlobCallOptions = {}) {
      signal?.throwIfAborted();
      const hash = hashBlob(bytes);
      const hex = hashToHex(hash);
      if (bytes.length > limit) throw new BlobTooLargeError(hex, limit, dir);
      if (!(await isIntact(hash))) await files.write(hex, [bytes]);
      return hash;
    },

    async has(hash: Uint8Array, { signal }: BlobCallOptions = {}) {
      signal?.throwIfAborted();
      return (await files.sizeOf(hashToHex(hash))) !== undefined;
    },
  };
}
