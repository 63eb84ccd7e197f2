import { type BlobStore, hashBlob, hashToHex } from '@dmcn/blob-store';
import { expect, test } from 'vitest';
import { prepareInputs } from './inputs.js';
import { uploadInputs } from './upload.js';

const inputs = prepareInputs([
  { name: 'a', bytes: Uint8Array.of(1) },
  { name: 'b', bytes: Uint8Array.of(1) },
  { name: 'c', bytes: Uint8Array.of(2) },
]);

function storeThat(has: BlobStore['has']): BlobStore & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    has,
    get: async () => new Uint8Array(),
    async put(bytes) {
      const hash = hashBlob(bytes);
      kept.set(hashToHex(hash), bytes);
      return hash;
    },
  };
}

test('puts each different input and the index once, and tells how far it is', async () => {
  const store = storeThat(async () => false);
  const seen: number[] = [];
  await uploadInputs(store, inputs, { onProgress: (done) => seen.push(done) });
  expect(store.kept.size).toBe(3);
  expect(seen).toEqual([1, 2, 3]);
});

test('puts what is there too, so that the store keeps it', async () => {
  const store = storeThat(async () => true);
  await uploadInputs(store, inputs);
  expect(store.kept.size).toBe(3);
});
