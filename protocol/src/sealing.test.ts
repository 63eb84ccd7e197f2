import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encryptForLease } from './batch-cipher.js';
import { generateBatchKeys } from './batch-keys.js';
import { bytesToHex, concat, hexToBytes } from './bytes.js';
import { DecodeError, DecryptionError, InvalidLeafError, LengthError } from './errors.js';
import { inputHash } from './input-index.js';
import { decryptOutput, encryptOutput, openOutputs, sealOutputs, splitOutputs } from './outputs.js';
import { openLeaves, sealedLeavesLength, sealLeaves } from './sealed-leaves.js';
import { anyLeaf, anyLease, anyU32, bytes, flipBit } from './testing/arbitraries.js';
import { goldenCases, type LeafJson, type LeaseJson, toLeaf, toLease } from './testing/vectors.js';

const sealedLeaves = goldenCases<{
  cases: { name: string; lease: LeaseJson; key: string; leaves: LeafJson[]; sealed: string }[];
}>('sealed-leaves').cases;

const bundles = goldenCases<{
  cases: {
    name: string;
    lease: LeaseJson;
    key: string;
    firstUnit: number;
    outputs: string[];
    bundle: string;
    outputsHash: string;
  }[];
}>('outputs').cases;

describe('golden sealed leaves', () => {
  test.each(sealedLeaves)('$name', ({ lease, key, leaves: json, sealed }) => {
    const leaves = json.map(toLeaf);
    expect(bytesToHex(sealLeaves(hexToBytes(key), toLease(lease), leaves))).toBe(sealed);
    expect(openLeaves(hexToBytes(key), toLease(lease), hexToBytes(sealed))).toEqual(leaves);
    expect(sealedLeavesLength(leaves.length) * 2).toBe(sealed.length);
  });
});

describe('golden outputs bundles', () => {
  test.each(bundles)('$name', ({ lease, key, firstUnit, outputs: json, bundle, outputsHash }) => {
    const outputs = json.map(hexToBytes);
    const place = [hexToBytes(key), toLease(lease), firstUnit] as const;
    expect(bytesToHex(sealOutputs(...place, outputs))).toBe(bundle);
    expect(openOutputs(...place, outputs.length, hexToBytes(bundle))).toEqual(outputs);
    expect(bytesToHex(inputHash(hexToBytes(bundle)))).toBe(outputsHash);
  });
});

test('what was sealed opens again, and nowhere else', () => {
  const outputs = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 });
  const leaves = fc.array(anyLeaf, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(bytes(32), anyLease, leaves, outputs, fc.nat(), (key, lease, list, texts, bit) => {
      const sealed = sealLeaves(key, lease, list);
      expect(openLeaves(key, lease, sealed)).toEqual(list);
      const bundle = sealOutputs(key, lease, 5, texts);
      expect(openOutputs(key, lease, 5, texts.length, bundle)).toEqual(texts);

      const elsewhere = { ...lease, worker: flipBit(lease.worker, bit) };
      expect(() => openLeaves(flipBit(key, bit), lease, sealed)).toThrow(DecryptionError);
      expect(() => openLeaves(key, elsewhere, sealed)).toThrow(DecryptionError);
      expect(() => openLeaves(key, lease, flipBit(sealed, bit))).toThrow(DecryptionError);
      expect(() => openOutputs(key, elsewhere, 5, texts.length, bundle)).toThrow(DecryptionError);
      expect(() => openOutputs(key, lease, 6, texts.length, bundle)).toThrow(DecryptionError);
    }),
  );
});

test('one unit’s output opens by itself', () => {
  fc.assert(
    fc.property(bytes(32), anyLease, anyU32, fc.uint8Array(), fc.nat(), (key, lease, unit, output, bit) => {
      const ciphertext = encryptOutput(key, lease, unit, output);
      expect(decryptOutput(key, lease, unit, ciphertext)).toEqual(output);
      expect(() => decryptOutput(key, lease, unit, flipBit(ciphertext, bit))).toThrow(DecryptionError);
    }),
  );
});

describe('malformed', () => {
  const key = new Uint8Array(32);
  const lease = { worker: new Uint8Array(20), job: 1n, batch: 0, epoch: 0 };
  const bundle = sealOutputs(key, lease, 0, [Uint8Array.of(1), Uint8Array.of(2)]);

  test('bundles', () => {
    expect(() => splitOutputs(bundle, 1)).toThrow(DecodeError);
    expect(() => splitOutputs(bundle, 3)).toThrow(DecodeError);
    expect(() => splitOutputs(bundle.slice(0, -1), 2)).toThrow(DecodeError);
    expect(() => splitOutputs(concat(bundle, Uint8Array.of(0)), 2)).toThrow(DecodeError);
    expect(() => splitOutputs(new Uint8Array(), 1)).toThrow(DecodeError);
    expect(() => decryptOutput(key, lease, 0, new Uint8Array(15))).toThrow(DecryptionError);
  });

  test('sealed leaves', () => {
    const seal = (plaintext: Uint8Array) => encryptForLease(key, lease, 2n ** 32n, plaintext);
    expect(() => openLeaves(key, lease, seal(new Uint8Array(44)))).toThrow(DecodeError);
    expect(() => openLeaves(key, lease, seal(new Uint8Array(45).fill(9)))).toThrow(InvalidLeafError);
    expect(() => openLeaves(key, lease, new Uint8Array())).toThrow(DecryptionError);
  });

  test('keys and leases', () => {
    expect(() => sealLeaves(key.slice(1), lease, [])).toThrow(LengthError);
    expect(() => sealLeaves(key, { ...lease, worker: new Uint8Array(32) }, [])).toThrow(LengthError);
  });
});

test('batch keys are fresh and filled from the given source', () => {
  const drawn = generateBatchKeys();
  expect(drawn.leafKey).toHaveLength(32);
  expect(drawn.leafKey).not.toEqual(drawn.outputKey);
  expect(generateBatchKeys()).not.toEqual(drawn);
  expect(generateBatchKeys((bytes) => bytes.fill(7)).outputKey).toEqual(new Uint8Array(32).fill(7));
});
