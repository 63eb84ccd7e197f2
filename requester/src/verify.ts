import { type BlobStore, hashBlob } from '@dmcn/blob-store';
import type { Job, Leaf } from '@dmcn/chain-client';
import { equalBytes, statusCode, verifyInputIndex } from '@dmcn/protocol';
import type { LocalExecutor } from './ports.js';

/** Runs a unit of a job here and tells whether the leaf says the same. */
export type LeafCheck = (leaf: Leaf, signal: AbortSignal) => Promise<boolean>;

/** Re-executes units of one job on this machine; module and input index are read once. */
export function createLeafCheck(
  job: Job,
  module: Uint8Array,
  store: BlobStore,
  executor: LocalExecutor,
): LeafCheck {
  const { spec } = job;
  let index: Promise<Uint8Array[]> | undefined;
  return async (leaf, signal) => {
    index ??= store.get(spec.inputIndex).then((blob) => verifyInputIndex(blob, spec.inputRoot, spec.units));
    const hash = (await index)[leaf.unit];
    if (hash === undefined) throw new RangeError(`job ${job.id} has no unit ${leaf.unit}`);
    const own = await executor.run({
      module,
      signal,
      input: await store.get(hash, { signal }),
      unit: leaf.unit,
      args: spec.args,
      gasLimit: spec.gasLimit,
      memoryLimit: Number(spec.memoryLimit),
    });
    return (
      statusCode(own.status) === leaf.status &&
      own.exitCode === leaf.exitCode &&
      own.gas === leaf.gas &&
      equalBytes(hashBlob(own.output), leaf.outputHash)
    );
  };
}

/** Chooses units to verify: each with probability `rate`, at least one for a rate above 0, all for 1. */
export function sampleUnits<T>(units: readonly T[], rate: number, random: () => number = Math.random): T[] {
  const chosen = units.filter(() => random() < rate);
  if (chosen.length > 0 || rate === 0) return chosen;
  const one = units[Math.floor(random() * units.length)];
  return one === undefined ? [] : [one];
}
