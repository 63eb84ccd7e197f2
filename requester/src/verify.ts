import { type BlobStore, hashBlob } from '@dmcn/blob-store';
import type { Job, Leaf } from '@dmcn/chain-client';
import { equalBytes, statusCode, verifyInputIndex } from '@dmcn/protocol';
import type { LocalExecutor } from './ports.js';

/** What a unit gives, whoever runs it. */
export type LocalOutcome = Pick<Leaf, 'status' | 'exitCode' | 'gas' | 'outputHash'>;

/** Runs a unit of a job on this machine. */
export type UnitRun = (unit: number, signal: AbortSignal) => Promise<LocalOutcome>;

/** Re-executes units of one job on this machine; the input index is read once. */
export function createUnitRun(
  { id, spec }: Job,
  module: Uint8Array,
  store: BlobStore,
  executor: LocalExecutor,
): UnitRun {
  let index: Promise<Uint8Array[]> | undefined;
  return async (unit, signal) => {
    index ??= store.get(spec.inputIndex).then((blob) => verifyInputIndex(blob, spec.inputRoot, spec.units));
    const hash = (await index)[unit];
    if (hash === undefined) throw new RangeError(`job ${id} has no unit ${unit}`);
    const { status, exitCode, gas, output } = await executor.run({
      module,
      signal,
      input: await store.get(hash, { signal }),
      unit,
      args: spec.args,
      gasLimit: spec.gasLimit,
      memoryLimit: Number(spec.memoryLimit),
    });
    return { status: statusCode(status), exitCode, gas, outputHash: hashBlob(output) };
  };
}

/** Whether two runs of a unit gave the same in all that a leaf names. */
export const isSameOutcome = (one: LocalOutcome, other: LocalOutcome): boolean =>
  one.status === other.status &&
  one.exitCode === other.exitCode &&
  one.gas === other.gas &&
  equalBytes(one.outputHash, other.outputHash);

/** Chooses units to verify: each with probability `rate`, at least one for a rate above 0, all for 1. */
export function sampleUnits<T>(units: readonly T[], rate: number, random: () => number = Math.random): T[] {
  const chosen = units.filter(() => random() < rate);
  if (chosen.length > 0 || rate === 0) return chosen;
  const one = units[Math.floor(random() * units.length)];
  return one === undefined ? [] : [one];
}
