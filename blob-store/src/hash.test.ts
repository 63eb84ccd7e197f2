import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashBlob, hashFromHex, hashToHex } from './hash.js';

it('names a blob by its SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hashToHex(hashBlob(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
});

it('reads back only what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
      expect(hashFromHex(hashToHex(hash))).toEqual(hash);
    }),
  );
  for (const rubbish of ['', 'ab', `${'a'.repeat(63)}G`, 'A'.repeat(64), `${'a'.repeat(64)}\n`]) {
    expect(hashFromHex(rubbish)).toBeUndefined();
  }
  expect(() => hashToHex(new Uint8Array(31))).toThrow(RangeError);
});
