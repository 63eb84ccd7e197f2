import { BlobMissingError, type BlobStore, hashBlob, hashToHex } from '@dmcn/blob-store';
import type { ChainReader, Job } from '@dmcn/chain-client';
import { protocolProof } from '@dmcn/chain-client/acting';
import { encodeInputIndex, inputRoot, verifyMerkleProof } from '@dmcn/protocol';
import { describe, expect, test } from 'vitest';
import { createTaskSource, InputMissingError } from './task-source.js';

const signal = new AbortController().signal;
const inputs = [Uint8Array.of(1), Uint8Array.of(2, 2), new Uint8Array()];
const hashes = inputs.map(hashBlob);
const index = encodeInputIndex(hashes);

function storeOf(...blobs: Uint8Array[]): BlobStore & { reads: number } {
  const kept = new Map(blobs.map((blob) => [hashToHex(hashBlob(blob)), blob]));
  const store = {
    reads: 0,
    async get(hash: Uint8Array) {
      store.reads += 1;
      const blob = kept.get(hashToHex(hash));
      if (blob === undefined) throw new BlobMissingError(hashToHex(hash), 'memory');
      return blob;
    },
    put: async () => new Uint8Array(),
    has: async () => true,
  };
  return store;
}

const job = (changes: object = {}): Job =>
  ({
    id: 5n,
    spec: {
      units: 3,
      inputRoot: inputRoot(hashes),
      inputIndex: hashBlob(index),
      locators: ['http://a'],
      ...changes,
    },
  }) as unknown as Job;
const chain = {} as ChainReader;

describe('createTaskSource', () => {
  test('gives each unit its input and reads the index once', async () => {
    const store = storeOf(index, ...inputs);
    const source = createTaskSource(chain, () => store);
    for (const [unit, input] of inputs.entries()) {
      expect(await source.input(job(), unit, signal)).toEqual(input);
    }
    expect(store.reads).toBe(4);
  });

  test("proves each input to the job's root", async () => {
    const source = createTaskSource(chain, () => storeOf(index, ...inputs));
    for (const [unit, hash] of hashes.entries()) {
      const proof = protocolProof(hash, await source.inputProof(job(), unit, signal));
      expect(() => verifyMerkleProof(inputRoot(hashes), 3, unit, hash, proof)).not.toThrow();
    }
    await expect(source.inputProof(job(), 3, signal)).rejects.toThrow(InputMissingError);
  });

  test.each([
    ['an input that no store has', storeOf(index, ...inputs.slice(1)), {}],
    ['an index that no store has', storeOf(...inputs), {}],
    ['an index that leads to another root', storeOf(index, ...inputs), { inputRoot: new Uint8Array(32) }],
    ['an index of another number of units', storeOf(index, ...inputs), { units: 4 }],
  ])('error: %s is a missing input', async (_, store, changes) => {
    const source = createTaskSource(chain, () => store);
    const reading = source.input(job(changes), 0, signal);
    await expect(reading).rejects.toThrow(InputMissingError);
    await expect(reading).rejects.toMatchObject({ jobId: 5n, unit: 0 });
  });

  test('behavior: a failed index is read again', async () => {
    let store = storeOf(...inputs);
    const source = createTaskSource(chain, () => store);
    await expect(source.input(job(), 0, signal)).rejects.toThrow(InputMissingError);
    store = storeOf(index, ...inputs);
    expect(await source.input(job(), 0, signal)).toEqual(inputs[0]);
  });
});
