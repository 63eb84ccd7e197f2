import { BlobError, type BlobStore, hashToHex } from '@dmcn/blob-store';
import type { ChainReader, Job, MerkleProof } from '@dmcn/chain-client';
import { wireProof } from '@dmcn/chain-client/acting';
import { merkleProof, verifyInputIndex } from '@dmcn/protocol';
import { LIMITS } from '@dmcn/runtime';

/** An input that no store of the job gives. */
export class InputMissingError extends Error {
  override readonly name = 'InputMissingError';
  constructor(
    readonly jobId: bigint,
    readonly unit: number,
    cause: unknown,
  ) {
    super(`input ${unit} of job ${jobId} cannot be had from any of the job's stores`, { cause });
  }

  /** True where a store was out of reach: it may have the input. */
  get mayComeBack(): boolean {
    return this.cause instanceof BlobError && this.cause.retryable;
  }
}

/** Everything that a unit of a job is run with, verified against what the job fixed. */
export interface TaskSource {
  module(job: Job): Promise<Uint8Array>;
  /** Rejects with InputMissingError. */
  input(job: Job, unit: number, signal: AbortSignal): Promise<Uint8Array>;
  /** The proof that an input is the unit's. Rejects with InputMissingError. */
  inputProof(job: Job, unit: number, signal: AbortSignal): Promise<MerkleProof>;
}

const KEPT = 8;

/** Reads modules from the chain and inputs from the job's stores; keeps the newest few modules and indexes. */
export function createTaskSource(
  chain: ChainReader,
  blobsAt: (locators: readonly string[]) => BlobStore,
): TaskSource {
  const modules = new Map<string, Promise<Uint8Array>>();
  const indexes = new Map<string, Promise<readonly Uint8Array[]>>();
  /** The hashes of all inputs of a job. */
  const hashesOf = ({ spec }: Job, signal: AbortSignal) =>
    keep(indexes, hashToHex(spec.inputIndex), async () =>
      verifyInputIndex(
        await blobsAt(spec.locators).get(spec.inputIndex, { signal }),
        spec.inputRoot,
        spec.units,
      ),
    );
  return {
    module({ spec }) {
      return keep(modules, hashToHex(spec.moduleId), () => chain.moduleCode(spec.moduleId));
    },
    input: (job, unit, signal) =>
      orMissing(job, unit, signal, async () => {
        const hash = (await hashesOf(job, signal))[unit];
        if (hash === undefined) throw new RangeError(`job ${job.id} has no unit ${unit}`);
        return blobsAt(job.spec.locators).get(hash, { signal, maxBytes: LIMITS.inputBytes });
      }),
    inputProof: (job, unit, signal) =>
      orMissing(job, unit, signal, async () => wireProof(merkleProof(await hashesOf(job, signal), unit))),
  };
}

async function orMissing<T>(
  { id }: Job,
  unit: number,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    signal.throwIfAborted();
    throw new InputMissingError(id, unit, cause);
  }
}

/** The kept value of a key, made anew where there is none or making it failed before. */
function keep<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = kept.get(key);
  if (there !== undefined) return there;
  const made = make();
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return made;
}
