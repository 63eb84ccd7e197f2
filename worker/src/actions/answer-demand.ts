import type { UnitId } from '@dmcn/chain-client';
import { keyFrom, protocolLease, readCommit } from '@dmcn/chain-client/acting';
import {
  batchRange,
  decryptOutput,
  leafPreimage,
  merkleProof,
  splitOutputs,
  statusCode,
} from '@dmcn/protocol';
import { keyHolder, sendOnce, type Work } from './work.js';

/** Posts the output that the requester demands, from the commit on chain and the encrypted outputs in journal or store. */
export async function answerDemand(id: UnitId, work: Work): Promise<void> {
  const { identity, ports, notes, signal } = work;
  const { chain, blobsAt } = ports;
  const lease = { jobId: id.jobId, batch: id.batch, epoch: id.epoch };
  work.show({ state: 'posting', lease });
  const [commit, job] = await Promise.all([chain.commitOf(id), chain.job(id.jobId)]);
  const { spec } = job;
  const outputKey = await keyFrom(commit, 'output', keyHolder(identity), chain);
  const { leaves } = await readCommit(commit, identity.owner, keyHolder(identity), chain);
  const { firstUnit } = batchRange(spec, id.batch);
  const position = id.unit - firstUnit;
  const store = blobsAt(commit.locators);
  const own = (await notes.commit(lease, job))?.bundle;
  // Somebody could not read it there. What the store refuses now, the posted output makes up for.
  if (own) await store.put(own, { signal }).catch(() => undefined);
  const bundle = own ?? (await store.get(commit.outputsHash, { signal }));
  const sealed = splitOutputs(bundle, leaves.length)[position];
  const leaf = leaves[position];
  if (sealed === undefined || leaf === undefined) {
    throw new RangeError(`unit ${id.unit} is not in batch ${id.batch} of job ${id.jobId}`);
  }
  const preimages = leaves.map((each, i) => leafPreimage(id.jobId, firstUnit + i, each));
  const { total, index, aunts } = merkleProof(preimages, position);
  const named = protocolLease(id, chain.addressBytes(identity.owner));
  await sendOnce(work, 'post', lease, {
    type: 'postOutput',
    ...lease,
    leaf: { ...leaf, unit: id.unit, status: statusCode(leaf.status) },
    proof: { total: BigInt(total), index: BigInt(index), aunts },
    output: decryptOutput(outputKey, named, id.unit, sealed),
  });
  work.tell({ notice: 'posted', lease });
}
