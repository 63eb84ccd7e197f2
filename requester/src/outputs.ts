import { BlobError, hashBlob } from '@dmcn/blob-store';
import type { Batch, Job } from '@dmcn/chain-client';
import { batchRange, decryptOutput, equalBytes, keyKindCode, splitOutputs, unwrapKey } from '@dmcn/protocol';
import type { RequesterIdentity, RequesterPorts } from './ports.js';

/** The outputs of a commit cannot be read. The worker may be made to show them, one unit a batch; see `cause`. */
export class OutputsUnreadableError extends Error {
  override readonly name = 'OutputsUnreadableError';
  constructor(
    readonly jobId: bigint,
    readonly batch: number,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`the outputs of batch ${batch} of job ${jobId} cannot be read: ${reason}`, options);
  }

  /** Whether the store may answer later. */
  get retryable(): boolean {
    return this.cause instanceof BlobError && this.cause.retryable;
  }
}

/**
 * The outputs that a batch's worker committed itself to, in the order of the units. They can be read before they are
 * opened, and are worth as much as the worker's word until then.
 * @throws OutputsUnreadableError where key, store or ciphertext fail
 */
export async function readOutputs(
  job: Job,
  batch: Batch,
  identity: RequesterIdentity,
  { chain, blobsAt }: RequesterPorts,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const id = { jobId: job.id, batch: batch.index, epoch: batch.epoch };
  const refuse = (reason: string, cause?: unknown) =>
    new OutputsUnreadableError(job.id, batch.index, reason, { cause });
  if (batch.commitment === undefined || batch.lease === undefined) throw refuse('nothing is committed');
  const commit = await chain.commitOf({ ...id, height: batch.commitment.height });
  const me = identity.signer.address;
  const wrapped = commit.wrappedKeys.find(
    ({ kind, recipient }) => kind === keyKindCode('output') && recipient === me,
  );
  if (wrapped === undefined) throw refuse('the commit has no key for the requester');
  const lease = {
    worker: chain.addressBytes(batch.lease.worker),
    job: job.id,
    batch: id.batch,
    epoch: id.epoch,
  };
  try {
    const key = await unwrapKey(wrapped.data, identity.encryption.privateKey, {
      kind: 'output',
      chainId: chain.chainId,
      job: job.id,
      batch: id.batch,
      epoch: id.epoch,
      recipient: chain.addressBytes(me),
    });
    const bundle = await blobsAt([...commit.locators, ...job.spec.locators]).get(commit.outputsHash, {
      signal,
    });
    const { firstUnit } = batchRange(job.spec, batch.index);
    return splitOutputs(bundle, batch.units).map((sealed, i) =>
      decryptOutput(key, lease, firstUnit + i, sealed),
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Positions of outputs that are not what the opened leaves name. */
export function differing(
  outputs: readonly Uint8Array[],
  leaves: readonly { outputHash: Uint8Array }[],
): number[] {
  return leaves.flatMap(({ outputHash }, i) => {
    const output = outputs[i];
    return output !== undefined && equalBytes(hashBlob(output), outputHash) ? [] : [i];
  });
}
