import { BlobMissingError, hashBlob, hashToHex } from '@dmcn/blob-store';
import type { Batch, ChainReader, Job } from '@dmcn/chain-client';
import { batchRoot, concat, leafPreimage, statusCode, verifyMerkleProof } from '@dmcn/protocol';
import { expect, test } from 'vitest';
import { challengeOf } from './challenge.js';
import { prepareInputs } from './inputs.js';

const bytes = [1, 2, 3, 4, 5].map((value) => Uint8Array.of(value));
const prepared = prepareInputs(bytes.map((each, i) => ({ name: String(i), bytes: each })));
const spec = { units: 5, batchSize: 3, inputRoot: prepared.root, inputIndex: prepared.indexHash };
const job = { id: 7n, spec } as Job;
const batch = { jobId: 7n, index: 1, units: 2, epoch: 4, opening: { height: 9 } } as Batch;
const claims = [3, 4].map((unit) => ({
  unit,
  status: 'OK' as const,
  exitCode: 0,
  gas: 10n,
  outputHash: hashBlob(Uint8Array.of(unit)),
}));
const chain = {
  openingOf: async () => ({ leaves: claims.map((leaf) => ({ ...leaf, status: statusCode(leaf.status) })) }),
  challengeDeposit: async () => 10_000n,
} as unknown as ChainReader;

const storeOf = (blobs: readonly Uint8Array[]) => ({
  get: async (hash: Uint8Array) => {
    const found = blobs.find((blob) => hashToHex(hashBlob(blob)) === hashToHex(hash));
    if (found === undefined) throw new BlobMissingError(hashToHex(hash), 'store');
    return found;
  },
  put: async () => new Uint8Array(),
  has: async () => true,
});
const store = storeOf([prepared.index, ...bytes]);

test('a challenge shows leaf and input with proofs that lead to the roots of opening and job', async () => {
  const message = await challengeOf(job, batch, 4, chain, store);
  expect(message).toMatchObject({ jobId: 7n, batch: 1, epoch: 4, deposit: 10_000n, input: bytes[4] });
  const leaf = claims[1] as (typeof claims)[number];
  const { leafProof, inputProof, input } = message;
  const preimage = leafPreimage(7n, 4, leaf);
  const root = batchRoot(7n, 3, claims);
  expect(() => verifyMerkleProof(root, 2, 1, preimage, proofOf(preimage, leafProof))).not.toThrow();
  const item = hashBlob(input);
  expect(() => verifyMerkleProof(prepared.root, 5, 4, item, proofOf(item, inputProof))).not.toThrow();
});

test('a unit of another batch, and an input that nobody has, are refused', async () => {
  await expect(challengeOf(job, batch, 1, chain, store)).rejects.toThrow(RangeError);
  await expect(challengeOf(job, batch, 4, chain, storeOf([prepared.index]))).rejects.toThrow(
    BlobMissingError,
  );
});

interface WireProof {
  readonly total: bigint;
  readonly index: bigint;
  readonly aunts: readonly Uint8Array[];
}

/** A proof as it is checked: RFC 6962 hashes items behind a 0. */
const proofOf = (item: Uint8Array, { total, index, aunts }: WireProof) => ({
  total: Number(total),
  index: Number(index),
  aunts,
  leafHash: hashBlob(concat(Uint8Array.of(0), item)),
});
