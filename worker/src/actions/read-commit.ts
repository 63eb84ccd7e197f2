import type { ChainClient, CommitRecord, LeaseId } from '@dmcn/chain-client';
import type { Leaf as ProtocolLeaf } from '@dmcn/protocol';
import { type KeyKind, keyKindCode, openLeaves, sumGas, unwrapKey } from '@dmcn/protocol';
import type { WorkerIdentity } from '../ports.js';
import { protocolLease } from '../protocol-lease.js';

/** A commit holds no key that this worker can unwrap. */
export class NoKeyError extends Error {
  override readonly name = 'NoKeyError';
  constructor(
    readonly lease: LeaseId,
    readonly kind: KeyKind,
  ) {
    super(`batch ${lease.batch} of job ${lease.jobId}: its commit has no ${kind} key for this worker`);
  }
}

/** The key of one kind that a commit wraps for this worker. @throws NoKeyError, DecryptionError */
export async function keyFrom(
  commit: CommitRecord,
  kind: KeyKind,
  identity: WorkerIdentity,
  chain: ChainClient,
): Promise<Uint8Array> {
  const code = keyKindCode(kind);
  const wrapped = commit.wrappedKeys.find((key) => key.kind === code && key.recipient === identity.owner);
  if (wrapped === undefined) throw new NoKeyError(commit, kind);
  return unwrapKey(wrapped.data, identity.encryption.privateKey, {
    kind,
    chainId: chain.chainId,
    job: commit.jobId,
    batch: commit.batch,
    epoch: commit.epoch,
    recipient: chain.addressBytes(identity.owner),
  });
}

/** What a commit hides, for a holder of K. */
export interface CommittedLeaves {
  readonly key: Uint8Array;
  readonly gasTotal: bigint;
  readonly leaves: readonly ProtocolLeaf[];
}

/** Unseals the leaves of a commit of `worker`. @throws NoKeyError, DecryptionError */
export async function readCommit(
  commit: CommitRecord,
  worker: string,
  identity: WorkerIdentity,
  chain: ChainClient,
): Promise<CommittedLeaves> {
  const key = await keyFrom(commit, 'leaf', identity, chain);
  const leaves = openLeaves(key, protocolLease(commit, chain.addressBytes(worker)), commit.sealedLeaves);
  return { key, gasTotal: sumGas(leaves), leaves };
}
