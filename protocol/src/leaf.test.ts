import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, concat, hexToBytes, U64_MAX } from './bytes.js';
import { DecodeError, InvalidLeafError, LengthError, NumberRangeError } from './errors.js';
import { checkLeaf, decodeLeafPreimage, encodeLeafRecord, type Leaf, leafPreimage, sumGas } from './leaf.js';
import { STATUSES, statusCode, statusFromCode } from './status.js';
import { anyLeaf, anyU32, anyU64 } from './testing/arbitraries.js';
import { goldenCases, type LeafJson, toLeaf } from './testing/vectors.js';

const golden = goldenCases<{
  encodings: { name: string; job: string; unit: number; leaf: LeafJson; record: string; preimage: string }[];
  judgements: { name: string; valid: boolean; gasLimit: string; leaf: LeafJson }[];
}>('leaf');

const leaf: Leaf = { status: 'OK', exitCode: 0, gas: 1n, outputHash: new Uint8Array(32) };

describe('golden leaves', () => {
  test.each(golden.encodings)('$name', ({ job, unit, leaf: json, record, preimage }) => {
    expect(bytesToHex(encodeLeafRecord(toLeaf(json)))).toBe(record);
    expect(bytesToHex(leafPreimage(BigInt(job), unit, toLeaf(json)))).toBe(preimage);
    expect(decodeLeafPreimage(hexToBytes(preimage))).toEqual({ job: BigInt(job), unit, leaf: toLeaf(json) });
  });

  test.each(golden.judgements)('$name: valid $valid', ({ valid, gasLimit, leaf: json }) => {
    const check = () => checkLeaf(toLeaf(json), BigInt(gasLimit));
    if (valid) check();
    else expect(check).toThrow(InvalidLeafError);
  });
});

test('a preimage gives back its leaf', () => {
  fc.assert(
    fc.property(anyU64, anyU32, anyLeaf, (job, unit, any) => {
      expect(decodeLeafPreimage(leafPreimage(job, unit, any))).toEqual({ job, unit, leaf: any });
    }),
  );
});

test('statuses keep the numbers of the execution profile', () => {
  expect(STATUSES.map(statusCode)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(statusFromCode(3)).toBe('OUT_OF_GAS');
  expect(() => statusFromCode(7)).toThrow(InvalidLeafError);
});

test('what does not fit an encoding is refused', () => {
  expect(() => encodeLeafRecord({ ...leaf, outputHash: new Uint8Array(31) })).toThrow(LengthError);
  expect(() => encodeLeafRecord({ ...leaf, gas: U64_MAX + 1n })).toThrow(NumberRangeError);
  expect(() => encodeLeafRecord({ ...leaf, exitCode: -1 })).toThrow(NumberRangeError);
  expect(() => leafPreimage(-1n, 0, leaf)).toThrow(NumberRangeError);
  expect(() => leafPreimage(1n, 2 ** 32, leaf)).toThrow(NumberRangeError);
  expect(() => leafPreimage(1n, 0.5, leaf)).toThrow(NumberRangeError);
  expect(() => sumGas([{ ...leaf, gas: U64_MAX }, leaf])).toThrow(NumberRangeError);
});

test('bytes that are no preimage are refused', () => {
  const preimage = leafPreimage(1n, 0, leaf);
  expect(() => decodeLeafPreimage(preimage.slice(0, -1))).toThrow(DecodeError);
  expect(() => decodeLeafPreimage(concat(preimage, Uint8Array.of(0)))).toThrow(DecodeError);
  expect(() => decodeLeafPreimage(concat(Uint8Array.of(0), preimage.slice(1)))).toThrow(DecodeError);
});
