import {
  type EncryptionKeyPair,
  type KeyKind,
  keyKindCode,
  openLeaves,
  type Leaf as ProtocolLeaf,
  sumGas,
  unwrapKey,
} from '@dmcn/protocol';
import type { ChainClient } from '../port/chain-client.js';
import type { CommitRecord } from '../types/batch.js';
import type { Address, LeaseId } from '../types/primitives.js';
import { protocolLease } from './protocol-lease.js';

/** An account that keys of batches are wrapped for. */
export interface KeyHolder {
  readonly address: Address;
  readonly encryption: EncryptionKeyPair;
}

/** A commit holds no key that an account can unwrap. */
export class NoKeyError extends Error {
  override readonly name = 'NoKeyError';
  constructor(
    readonly lease: LeaseId,
    readonly kind: KeyKind,
  ) {
    super(`batch ${lease.batch} of job ${lease.jobId}: its commit has no ${kind} key for this account`);
  }
}

/** The key of one kind that a commit wraps for an account. @throws NoKeyError, DecryptionError */
export async function keyFrom(
  commit: CommitRecord,
  kind: KeyKind,
  holder: KeyHolder,
  chain: ChainClient,
): Promise<Uint8Array> {
  const code = keyKindCode(kind);
  const wrapped = commit.wrappedKeys.find((key) => key.kind === code && key.recipient === holder.address);
  if (wrapped === undefined) throw new NoKeyError(commit, kind);
  return unwrapKey(wrapped.data, holder.encryption.privateKey, {
    kind,
    chainId: chain.chainId,
    job: commit.jobId,
    batch: commit.batch,
    epoch: commit.epoch,
    recipient: chain.addressBytes(holder.address),
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
  holder: KeyHolder,
  chain: ChainClient,
): Promise<CommittedLeaves> {
  const key = await keyFrom(commit, 'leaf', holder, chain);
  const leaves = openLeaves(key, protocolLease(commit, chain.addressBytes(worker)), commit.sealedLeaves);
  return { key, gasTotal: sumGas(leaves), leaves };
}
