import { hashBlob } from '@dmcn/blob-store';
import type { Job, LeaseId, WrappedKey } from '@dmcn/chain-client';
import { protocolLease } from '@dmcn/chain-client/acting';
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
import type { PreparedCommit } from '../journal/batch-notes.js';
import type { Opener } from '../opener-choice.js';
import type { Work } from './work.js';

/**
 * Seals the results of a batch. K is wrapped for the worker itself, the `drawn` referees and the `chosen` openers, K_out for the
 * requester, the worker itself and in public mode the drawn referees, so that a restart loses nothing and the journal needs no key in the clear.
 */
export async function prepareCommit(
  id: LeaseId,
  job: Job,
  results: readonly UnitResult[],
  { drawn, chosen }: { readonly drawn: readonly Opener[]; readonly chosen: readonly Opener[] },
  { identity, ports: { chain }, options }: Work,
): Promise<PreparedCommit> {
  const lease = protocolLease(id, chain.addressBytes(identity.owner));
  const { firstUnit } = batchRange(job.spec, id.batch);
  const leaves = results.map(({ status, exitCode, gas, output }) => ({
    status,
    exitCode,
    gas,
    outputHash: hashBlob(output),
  }));
  const { leafKey, outputKey } = generateBatchKeys();
  const outputs = results.map(({ output }) => output);
  const bundle = sealOutputs(outputKey, lease, firstUnit, outputs);

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
  const readers = job.spec.mode === 'public' ? drawn : [];
  const own = identity.encryption.publicKey;
  const wrappedKeys = await Promise.all([
    wrap('output', job.requester, job.spec.encryptionKey),
    wrap('output', identity.owner, own),
    wrap('leaf', identity.owner, own),
    ...[...drawn, ...chosen].map(({ address, encryptionKey }) => wrap('leaf', address, encryptionKey)),
    ...readers.map(({ address, encryptionKey }) => wrap('output', address, encryptionKey)),
  ]);

  const root = batchRoot(id.jobId, firstUnit, leaves);
  const body = {
    commitment: commitment(lease, leafKey, root, sumGas(leaves)),
    sealedLeaves: sealLeaves(leafKey, lease, leaves),
    wrappedKeys,
    outputsHash: hashBlob(bundle),
    locators: options.outputLocators ?? job.spec.locators,
  };
  return { body, bundle };
}
