import type { BlobStore } from '@dmcn/blob-store';
import type { Batch, ChainReader, Job, MessageParams } from '@dmcn/chain-client';
import {
  batchRange,
  leafPreimage,
  type MerkleProof,
  merkleProof,
  statusFromCode,
  verifyInputIndex,
} from '@dmcn/protocol';

/**
 * All that a challenge of one unit of an opened batch has to show, with the least deposit. Rejects as the store does where
 * it has not got the input, with RangeError for a unit of another batch.
 */
export async function challengeOf(
  job: Job,
  batch: Batch,
  unit: number,
  chain: ChainReader,
  store: BlobStore,
): Promise<MessageParams['challenge']> {
  const id = { jobId: job.id, batch: batch.index, epoch: batch.epoch };
  const { spec } = job;
  const [{ leaves }, deposit, index] = await Promise.all([
    chain.openingOf({ ...id, ...(batch.opening && { height: batch.opening.height }) }),
    chain.challengeDeposit(job.id),
    store.get(spec.inputIndex),
  ]);
  const position = unit - batchRange(spec, batch.index).firstUnit;
  const leaf = leaves[position];
  const hashes = verifyInputIndex(index, spec.inputRoot, spec.units);
  const hash = hashes[unit];
  if (leaf === undefined || hash === undefined)
    throw new RangeError(`unit ${unit} is not in batch ${batch.index} of job ${job.id}`);
  const preimages = leaves.map((each) =>
    leafPreimage(job.id, each.unit, { ...each, status: statusFromCode(each.status) }),
  );
  return {
    ...id,
    leaf,
    leafProof: wireProof(merkleProof(preimages, position)),
    input: await store.get(hash),
    inputProof: wireProof(merkleProof(hashes, unit)),
    deposit,
  };
}

const wireProof = ({ total, index, aunts }: MerkleProof) => ({
  total: BigInt(total),
  index: BigInt(index),
  aunts,
});
