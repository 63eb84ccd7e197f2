import { randomBytes } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlobCorruptError, BlobMissingError, BlobTooLargeError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import type { BlobStore } from '../port.js';

/** The limit that every store under test is made with, bytes. */
export const TEST_LIMIT = 200_000;

/** A store whose blobs end up as files in `dir`. */
export interface StoreUnderTest {
  readonly store: BlobStore;
  readonly dir: string;
}

/** Where the file driver keeps a blob. */
export function pathIn(dir: string, hash: Uint8Array): string {
  const hex = hashToHex(hash);
  return join(dir, hex.slice(0, 2), hex);
}

/** What every driver of the port has to do. */
export function describeBlobStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a BlobStore`, () => {
    it('returns what was put, under its SHA-256', async () => {
      const { store } = await make();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
          const hash = await store.put(bytes);
          expect(hash).toEqual(hashBlob(bytes));
          expect(await store.get(hash)).toEqual(bytes);
          expect(await store.has(hash)).toBe(true);
        }),
        { numRuns: 25 },
      );
    });

    it('tells a missing blob', async () => {
      const { store } = await make();
      const hash = hashBlob(randomBytes(8));
      expect(await store.has(hash)).toBe(false);
      await expect(store.get(hash)).rejects.toSatisfy(
        (error) => error instanceof BlobMissingError && error.hash === hashToHex(hash) && !error.retryable,
      );
    });

    it('tells a truncated and an altered blob, and put repairs both', async () => {
      const { store, dir } = await make();
      const bytes = randomBytes(100_000);
      const hash = await store.put(bytes);
      const path = pathIn(dir, hash);

      await truncate(path, 60_000);
      await expect(store.get(hash)).rejects.toSatisfy(
        (error) => error instanceof BlobCorruptError && error.size === 60_000 && !error.retryable,
      );
      await store.put(bytes);
      expect(await store.get(hash)).toEqual(new Uint8Array(bytes));

      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(50_000) ^ 1, 50_000);
      await writeFile(path, altered);
      await expect(store.get(hash)).rejects.toMatchObject({
        name: 'BlobCorruptError',
        hash: hashToHex(hash),
        actualHash: hashToHex(hashBlob(altered)),
      });
      await store.put(bytes);
      expect(await readFile(path)).toEqual(bytes);
    });

    it('takes a blob of exactly the limit and refuses one byte more', async () => {
      const { store, dir } = await make();
      const most = randomBytes(TEST_LIMIT);
      expect(await store.get(await store.put(most))).toEqual(new Uint8Array(most));

      const over = randomBytes(TEST_LIMIT + 1);
      await expect(store.put(over)).rejects.toBeInstanceOf(BlobTooLargeError);
      expect(await store.has(hashBlob(over))).toBe(false);

      await expect(store.get(hashBlob(most), { maxBytes: TEST_LIMIT - 1 })).rejects.toSatisfy(
        (error) => error instanceof BlobTooLargeError && error.limit === TEST_LIMIT - 1,
      );
      await writeFile(pathIn(dir, hashBlob(most)), over);
      await expect(store.get(hashBlob(most))).rejects.toBeInstanceOf(BlobTooLargeError);
    });

    it('takes the same blob from many at once', async () => {
      const { store } = await make();
      const bytes = randomBytes(TEST_LIMIT);
      const hashes = await Promise.all(Array.from({ length: 12 }, () => store.put(bytes)));
      expect(new Set(hashes.map(hashToHex)).size).toBe(1);
      expect(await store.get(hashBlob(bytes))).toEqual(new Uint8Array(bytes));
    });

    it('stops when the caller says so', async () => {
      const { store } = await make();
      const signal = AbortSignal.abort(new Error('enough'));
      const hash = hashBlob(randomBytes(8));
      await expect(store.get(hash, { signal })).rejects.toThrow('enough');
      await expect(store.put(randomBytes(8), { signal })).rejects.toThrow('enough');
      await expect(store.has(hash, { signal })).rejects.toThrow('enough');
    });
  });
}
