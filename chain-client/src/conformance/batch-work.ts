import {
  batchRoot,
  commitment,
  generateBatchKeys,
  type Leaf,
  leafPreimage,
  merkleProof,
  outputHash,
  sealLeaves,
  sealOutputs,
  statusCode,
  sumGas,
  wrapKey,
} from '@dmcn/protocol';
import type { ChainClient } from '../port/chain-client.js';
import type { Batch, CommitBody, OpenBody, OutputBody } from '../types/batch.js';
import type { Job } from '../types/job.js';
import type { Address, LeaseId } from '../types/primitives.js';

/** Everything that a worker says about a batch, as it says it. */
export interface BatchWork {
  readonly lease: LeaseId;
  readonly commit: CommitBody;
  readonly open: OpenBody;
  /** The output of one unit with its proof. */
  readonly output: (unit: number) => OutputBody;
}

/** Does a batch without running anything: unit i gives the text `output i`. */
export async function doBatch(
  client: ChainClient,
  job: Job,
  batch: Batch,
  worker: Address,
): Promise<BatchWork> {
  const id = { jobId: job.id, batch: batch.index, epoch: batch.epoch };
  const lease = { worker: client.addressBytes(worker), job: job.id, batch: batch.index, epoch: batch.epoch };
  const firstUnit = batch.index * job.spec.batchSize;
  const outputs = Array.from({ length: batch.units }, (_, i) =>
    new TextEncoder().encode(`output ${firstUnit + i}`),
  );
  const leaves = outputs.map(
    (output, i): Leaf => ({
      status: 'OK',
      exitCode: 0,
      gas: 400_000_000n + BigInt(i),
      outputHash: outputHash(output),
    }),
  );
  const { leafKey, outputKey } = generateBatchKeys();
  const root = batchRoot(job.id, firstUnit, leaves);
  const gasTotal = sumGas(leaves);
  const wrapped = (kind: 'leaf' | 'output', recipient: Address, publicKey: Uint8Array) =>
    wrapKey(kind === 'leaf' ? leafKey : outputKey, publicKey, {
      kind,
      chainId: client.chainId,
      ...{ job: job.id, batch: batch.index, epoch: batch.epoch },
      recipient: client.addressBytes(recipient),
    });
  const { encryptionKey } = (await client.worker(worker)).worker;
  const wireLeaf = (leaf: Leaf, i: number) => ({
    ...leaf,
    unit: firstUnit + i,
    status: statusCode(leaf.status),
  });
  return {
    lease: id,
    commit: {
      commitment: commitment(lease, leafKey, root, gasTotal),
      sealedLeaves: sealLeaves(leafKey, lease, leaves),
      wrappedKeys: [
        { kind: 0, recipient: worker, data: await wrapped('leaf', worker, encryptionKey) },
        {
          kind: 1,
          recipient: job.requester,
          data: await wrapped('output', job.requester, job.spec.encryptionKey),
        },
      ],
      outputsHash: outputHash(sealOutputs(outputKey, lease, firstUnit, outputs)),
      locators: ['http://localhost:4001'],
    },
    open: { key: leafKey, gasTotal, leaves: leaves.map(wireLeaf) },
    output: (unit) => {
      const position = unit - firstUnit;
      const [leaf, output] = [leaves[position], outputs[position]];
      if (!leaf || !output) throw new RangeError(`unit ${unit} is not in batch ${batch.index}`);
      const preimages = leaves.map((each, i) => leafPreimage(job.id, firstUnit + i, each));
      const { total, index, aunts } = merkleProof(preimages, position);
      const proof = { total: BigInt(total), index: BigInt(index), aunts };
      return { leaf: wireLeaf(leaf, position), proof, output };
    },
  };
}
