import { type BlobStore, hashToHex } from '@dmcn/blob-store';
import type { PreparedInputs } from './inputs.js';

export interface UploadOptions {
  readonly signal?: AbortSignal;
  /** Called after each blob with the numbers of blobs done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

const SIDE_BY_SIDE = 8;

/** Puts the inputs and their index into a store. All of them, which tells the store that those it has are needed still. */
export async function uploadInputs(
  store: BlobStore,
  { inputs, hashes, index, indexHash }: PreparedInputs,
  { signal, onProgress }: UploadOptions = {},
): Promise<void> {
  const blobs = new Map(hashes.map((hash, i) => [hashToHex(hash), inputs[i]?.bytes]));
  blobs.set(hashToHex(indexHash), index);
  const waiting = [...blobs.values()].filter((bytes) => bytes !== undefined);
  const total = waiting.length;
  let done = 0;
  const call = signal ? { signal } : {};
  const carry = async () => {
    for (let blob = waiting.pop(); blob !== undefined; blob = waiting.pop()) {
      await store.put(blob, call);
      done += 1;
      onProgress?.(done, total);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, carry));
}
