import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes } from './bytes.js';
import { DecodeError, InvalidProofError, LengthError } from './errors.js';
import { decodeInputIndex, encodeInputIndex, inputHash, inputRoot, verifyInputIndex } from './input-index.js';
import { flipBit } from './testing/arbitraries.js';
import { goldenCases } from './testing/vectors.js';

const { cases } = goldenCases<{
  cases: { name: string; inputs: string[]; index: string; indexHash: string; root: string }[];
}>('input-index');

describe('golden indexes', () => {
  test.each(cases)('$name', ({ inputs, index, indexHash, root }) => {
    const hashes = inputs.map((input) => inputHash(hexToBytes(input)));
    expect(bytesToHex(encodeInputIndex(hashes))).toBe(index);
    expect(bytesToHex(inputHash(hexToBytes(index)))).toBe(indexHash);
    expect(bytesToHex(inputRoot(hashes))).toBe(root);
    expect(decodeInputIndex(hexToBytes(index))).toEqual(hashes);
    expect(verifyInputIndex(hexToBytes(index), hexToBytes(root), inputs.length)).toEqual(hashes);
  });
});

test('an index that is not the job’s is refused', () => {
  const hashes = [1, 2, 3].map((byte) => inputHash(Uint8Array.of(byte)));
  const [index, root] = [encodeInputIndex(hashes), inputRoot(hashes)];
  for (let bit = 0; bit < index.length * 8; bit++) {
    expect(() => verifyInputIndex(flipBit(index, bit), root, 3)).toThrow(InvalidProofError);
  }
  expect(() => verifyInputIndex(index, root, 4)).toThrow(DecodeError);
  expect(() => verifyInputIndex(index.slice(0, -1), root, 3)).toThrow(DecodeError);
  expect(() => verifyInputIndex(index, root.slice(1), 3)).toThrow(LengthError);
  expect(() => encodeInputIndex([new Uint8Array(31)])).toThrow(LengthError);
  expect(() => inputRoot([new Uint8Array(33)])).toThrow(LengthError);
});
