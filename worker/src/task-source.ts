import { BlobError, type BlobStore, hashToHex } from '@dmcn/blob-store';
import type { ChainReader, Job } from '@dmcn/chain-client';
import { verifyInputIndex } from '@dmcn/protocol';
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
}

const KEPT = 8;

/** Reads modules from the chain and inputs from the job's stores; keeps the newest few modules and indexes. */
export function createTaskSource(
  chain: ChainReader,
  blobsAt: (locators: readonly string[]) => BlobStore,
): TaskSource {
  const modules = new Map<string, Promise<Uint8Array>>();
  const indexes = new Map<string, Promise<readonly Uint8Array[]>>();
  return {
    module({ spec }) {
      return keep(modules, hashToHex(spec.moduleId), () => chain.moduleCode(spec.moduleId));
    },
    async input({ id, spec }, unit, signal) {
      const store = blobsAt(spec.locators);
      try {
        const hashes = await keep(indexes, hashToHex(spec.inputIndex), async () =>
          verifyInputIndex(await store.get(spec.inputIndex, { signal }), spec.inputRoot, spec.units),
        );
        const hash = hashes[unit];
        if (hash === undefined) throw new RangeError(`job ${id} has no unit ${unit}`);
        return await store.get(hash, { signal, maxBytes: LIMITS.inputBytes });
      } catch (cause) {
        signal.throwIfAborted();
        throw new InputMissingError(id, unit, cause);
      }
    },
  };
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
