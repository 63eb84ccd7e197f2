import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes } from './bytes.js';
import { InvalidProofError, NumberRangeError } from './errors.js';
import { type MerkleProof, merkleProof, merkleRoot, verifyMerkleProof } from './merkle.js';
import { flipBit } from './testing/arbitraries.js';
import { goldenCases } from './testing/vectors.js';

interface ProofJson {
  readonly total: string;
  readonly index: string;
  readonly leafHash: string;
  readonly aunts: string[];
}

const golden = goldenCases<{
  trees: { name: string; items: string[]; root: string; proofs: ProofJson[] }[];
  refused: { name: string; root: string; total: string; index: string; item: string; proof: ProofJson }[];
}>('merkle');

const toProof = (json: ProofJson): MerkleProof => ({
  total: Number(json.total),
  index: Number(json.index),
  leafHash: hexToBytes(json.leafHash),
  aunts: json.aunts.map(hexToBytes),
});

describe('golden trees', () => {
  test.each(golden.trees)('$name', ({ items: texts, root, proofs }) => {
    const items = texts.map(hexToBytes);
    expect(bytesToHex(merkleRoot(items))).toBe(root);
    for (const json of proofs) {
      const proof = toProof(json);
      expect(merkleProof(items, proof.index)).toEqual(proof);
      verifyMerkleProof(hexToBytes(root), items.length, proof.index, items[proof.index] ?? fail(), proof);
    }
  });

  test.each(golden.refused)('refused: $name', ({ root, total, index, item, proof }) => {
    expect(() =>
      verifyMerkleProof(hexToBytes(root), Number(total), Number(index), hexToBytes(item), toProof(proof)),
    ).toThrow(InvalidProofError);
  });
});

const anyTree = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 80 })
  .chain((items) => fc.record({ items: fc.constant(items), index: fc.nat(items.length - 1) }));

test('every item of every tree has a proof, and changing one bit of it or of its subject breaks it', () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), fc.nat(), ({ items, index }, bit, which) => {
      const root = merkleRoot(items);
      const proof = merkleProof(items, index);
      const item = items[index] ?? fail();
      const verify = (subject: Uint8Array, under: Uint8Array, by: MerkleProof) => () =>
        verifyMerkleProof(under, items.length, index, subject, by);
      verify(item, root, proof)();
      const place = which % proof.aunts.length;
      const aunts = proof.aunts.map((aunt, i) => (i === place ? flipBit(aunt, bit) : aunt));
      expect(verify(item, root, { ...proof, aunts })).toThrow(InvalidProofError);
      const leafHash = flipBit(proof.leafHash, bit);
      expect(verify(item, root, { ...proof, leafHash })).toThrow(InvalidProofError);
      expect(verify(flipBit(item, bit), root, proof)).toThrow(InvalidProofError);
      expect(verify(item, flipBit(root, bit), proof)).toThrow(InvalidProofError);
    }),
  );
});

test('there is no proof of an item that a tree does not have', () => {
  expect(() => merkleProof([], 0)).toThrow(NumberRangeError);
  expect(() => merkleProof([new Uint8Array()], 1)).toThrow(NumberRangeError);
});

function fail(): never {
  throw new Error('the golden case has no such item');
}
