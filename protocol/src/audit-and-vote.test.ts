import { expect, test } from 'vitest';
import { auditHash } from './audit.js';
import { bytesToHex, hexToBytes } from './bytes.js';
import { LengthError, NumberRangeError } from './errors.js';
import { goldenCases } from './testing/vectors.js';
import { voteHash } from './vote.js';

const { audits, votes } = goldenCases<{
  audits: { name: string; auditor: string; leaf: string; hash: string }[];
  votes: { name: string; salt: string; valoper: string; dispute: string; leaf: string; hash: string }[];
}>('audit-and-vote');

test.each(audits)('golden: $name', ({ auditor, leaf, hash }) => {
  expect(bytesToHex(auditHash(hexToBytes(auditor), hexToBytes(leaf)))).toBe(hash);
});

test.each(votes)('golden: $name', ({ salt, valoper, dispute, leaf, hash }) => {
  const vote = {
    salt: hexToBytes(salt),
    valoper: hexToBytes(valoper),
    dispute: BigInt(dispute),
    leaf: hexToBytes(leaf),
  };
  expect(bytesToHex(voteHash(vote))).toBe(hash);
  expect(() => voteHash({ ...vote, salt: new Uint8Array(31) })).toThrow(LengthError);
  expect(() => voteHash({ ...vote, dispute: -1n })).toThrow(NumberRangeError);
});

test('a hash in place of the preimage is refused', () => {
  expect(() => auditHash(new Uint8Array(20), new Uint8Array(32))).toThrow(LengthError);
});
