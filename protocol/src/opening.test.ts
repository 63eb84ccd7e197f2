import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes, U64_MAX } from './bytes.js';
import { batchRoot, commitment } from './commitment.js';
import { LengthError, OpeningError, ProtocolError } from './errors.js';
import type { Leaf } from './leaf.js';
import { type Opening, type OpeningTerms, verifyOpening } from './opening.js';
import { anyLease, anyU64, bytes, flipBit } from './testing/arbitraries.js';
import { goldenCases, type LeafJson, type LeaseJson, toLeaf, toLease } from './testing/vectors.js';

interface CommitmentCase {
  readonly name: string;
  readonly lease: LeaseJson;
  readonly firstUnit: number;
  readonly gasLimit: string;
  readonly key: string;
  readonly leaves: LeafJson[];
  readonly root: string;
  readonly gasTotal: string;
  readonly commitment: string;
}

const golden = goldenCases<{ cases: CommitmentCase[]; refused: CommitmentCase[] }>('commitment');

function parse(json: CommitmentCase): { committed: Uint8Array; terms: OpeningTerms; opening: Opening } {
  const leaves = json.leaves.map(toLeaf);
  return {
    committed: hexToBytes(json.commitment),
    terms: {
      lease: toLease(json.lease),
      firstUnit: json.firstUnit,
      length: leaves.length,
      gasLimit: BigInt(json.gasLimit),
    },
    opening: { key: hexToBytes(json.key), gasTotal: BigInt(json.gasTotal), leaves },
  };
}

describe('golden commitments', () => {
  test.each(golden.cases)('$name', (json) => {
    const { committed, terms, opening } = parse(json);
    const root = batchRoot(terms.lease.job, terms.firstUnit, opening.leaves);
    expect(bytesToHex(root)).toBe(json.root);
    expect(bytesToHex(commitment(terms.lease, opening.key, root, opening.gasTotal))).toBe(json.commitment);
    expect(verifyOpening(committed, terms, opening)).toEqual(root);
  });

  test.each(golden.refused)('refused: $name', (json) => {
    const { committed, terms, opening } = parse(json);
    expect(() => verifyOpening(committed, terms, opening)).toThrow(ProtocolError);
  });
});

test('an opening needs as many leaves as the batch has units', () => {
  const [json] = golden.cases;
  if (json === undefined) throw new Error('no golden commitment');
  const { committed, terms, opening } = parse(json);
  expect(() => verifyOpening(committed, { ...terms, length: 2 }, opening)).toThrow(OpeningError);
  expect(() => verifyOpening(committed.slice(1), terms, opening)).toThrow(LengthError);
});

test('changing one bit of key, leaf or commitment breaks an opening', () => {
  fc.assert(
    fc.property(anyLease, bytes(32), bytes(32), anyU64, fc.nat(), (lease, key, outputHash, gas, bit) => {
      const leaf: Leaf = { status: 'OK', exitCode: 0, gas, outputHash };
      const terms = { lease, firstUnit: 0, length: 1, gasLimit: U64_MAX };
      const opening = { key, gasTotal: gas, leaves: [leaf] };
      const committed = commitment(lease, key, batchRoot(lease.job, 0, [leaf]), gas);
      verifyOpening(committed, terms, opening);
      const changed = { ...leaf, outputHash: flipBit(outputHash, bit) };
      expect(() => verifyOpening(flipBit(committed, bit), terms, opening)).toThrow(OpeningError);
      expect(() => verifyOpening(committed, terms, { ...opening, key: flipBit(key, bit) })).toThrow(
        OpeningError,
      );
      expect(() => verifyOpening(committed, terms, { ...opening, leaves: [changed] })).toThrow(OpeningError);
      const elsewhere = { ...terms, lease: { ...lease, worker: flipBit(lease.worker, bit) } };
      expect(() => verifyOpening(committed, elsewhere, opening)).toThrow(OpeningError);
    }),
  );
});
