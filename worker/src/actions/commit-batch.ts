import { hashBlob } from '@dmcn/blob-store';
import type { Job, LeaseId, WrappedKey } from '@dmcn/chain-client';
import {
  batchRange,
  batchRoot,
  commitment,
  generateBatchKeys,
  type KeyKind,
  sealLeaves,
  sealOutputs,
  sumGas,
  wrapKey,
} from '@dmcn/protocol';
import type { UnitResult } from '@dmcn/runtime';
import type { Opener } from '../opener-choice.js';
import type { WorkerOptions } from '../options.js';
import type { WorkerIdentity, WorkerPorts } from '../ports.js';
import { protocolLease } from '../protocol-lease.js';

/**
 * Seals the results of a batch, uploads the encrypted outputs and commits to them. K is wrapped for the worker itself
 * and for `opener`, K_out for the requester and the worker itself, so that a restart loses nothing.
 */
export async function commitBatch(
  id: LeaseId,
  job: Job,
  results: readonly UnitResult[],
  opener: Opener | undefined,
  identity: WorkerIdentity,
  { chain, blobsAt }: WorkerPorts,
  options: WorkerOptions,
  signal: AbortSignal,
): Promise<void> {
  const lease = protocolLease(id, chain.addressBytes(identity.owner));
  const { firstUnit } = batchRange(job.spec, id.batch);
  const leaves = results.map(({ status, exitCode, gas, output }) => ({
    status,
    exitCode,
    gas,
    outputHash: hashBlob(output),
  }));
  const { leafKey, outputKey } = generateBatchKeys();
  const bundle = sealOutputs(
    outputKey,
    lease,
    firstUnit,
    results.map(({ output }) => output),
  );
  const locators = options.outputLocators ?? job.spec.locators;
  const outputsHash = await blobsAt(locators).put(bundle, { signal });

  const wrap = async (kind: KeyKind, recipient: string, publicKey: Uint8Array): Promise<WrappedKey> => ({
    kind: kind === 'leaf' ? 0 : 1,
    recipient,
    data: await wrapKey(kind === 'leaf' ? leafKey : outputKey, publicKey, {
      kind,
      chainId: chain.chainId,
      ...id,
      job: id.jobId,
      recipient: chain.addressBytes(recipient),
    }),
  });
  const own = identity.encryption.publicKey;
  const wrappedKeys = await Promise.all([
    wrap('output', job.requester, job.spec.encryptionKey),
    wrap('output', identity.owner, own),
    wrap('leaf', identity.owner, own),
    ...(opener ? [wrap('leaf', opener.address, opener.encryptionKey)] : []),
  ]);

  const root = batchRoot(id.jobId, firstUnit, leaves);
  await chain.commit(
    {
      ...id,
      commitment: commitment(lease, leafKey, root, sumGas(leaves)),
      sealedLeaves: sealLeaves(leafKey, lease, leaves),
      wrappedKeys,
      outputsHash,
      locators,
    },
    { signer: identity.operator, feeGranter: identity.owner, signal },
  );
}
