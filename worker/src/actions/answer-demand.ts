import type { UnitId } from '@dmcn/chain-client';
import {
  batchRange,
  decryptOutput,
  leafPreimage,
  merkleProof,
  splitOutputs,
  statusCode,
} from '@dmcn/protocol';
import type { WorkerIdentity, WorkerPorts } from '../ports.js';
import { protocolLease } from '../protocol-lease.js';
import { keyFrom, readCommit } from './read-commit.js';

/** Posts the output that the requester demands, from the commit on chain and the encrypted outputs in the store. */
export async function answerDemand(
  id: UnitId,
  identity: WorkerIdentity,
  { chain, blobsAt }: WorkerPorts,
  signal: AbortSignal,
): Promise<void> {
  const [commit, { spec }] = await Promise.all([chain.commitOf(id), chain.job(id.jobId)]);
  const outputKey = await keyFrom(commit, 'output', identity, chain);
  const { leaves } = await readCommit(commit, identity.owner, identity, chain);
  const { firstUnit } = batchRange(spec, id.batch);
  const position = id.unit - firstUnit;
  const bundle = await blobsAt(commit.locators).get(commit.outputsHash, { signal });
  const sealed = splitOutputs(bundle, leaves.length)[position];
  const leaf = leaves[position];
  if (sealed === undefined || leaf === undefined) {
    throw new RangeError(`unit ${id.unit} is not in batch ${id.batch} of job ${id.jobId}`);
  }
  const lease = protocolLease(id, chain.addressBytes(identity.owner));
  const preimages = leaves.map((each, i) => leafPreimage(id.jobId, firstUnit + i, each));
  const { total, index, aunts } = merkleProof(preimages, position);
  await chain.postOutput(
    {
      jobId: id.jobId,
      batch: id.batch,
      epoch: id.epoch,
      leaf: { ...leaf, unit: id.unit, status: statusCode(leaf.status) },
      proof: { total: BigInt(total), index: BigInt(index), aunts },
      output: decryptOutput(outputKey, lease, id.unit, sealed),
    },
    { signer: identity.operator, feeGranter: identity.owner, signal },
  );
}
