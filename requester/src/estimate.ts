import type { JobInput } from './inputs.js';
import type { LocalExecutor } from './ports.js';

export interface EstimateOptions {
  readonly args: readonly string[];
  readonly gasLimit: bigint;
  readonly memoryLimit: bigint;
  /** udmc per 10^9 gas. */
  readonly price: bigint;
  /** Number of units to run. */
  readonly sample: number;
  readonly signal: AbortSignal;
}

/** What a job would use, from a sample of its units that ran on this machine. */
export interface Estimate {
  readonly units: number;
  readonly sampled: number;
  /** Gas of a unit, mean and largest of the sample. */
  readonly gasPerUnit: bigint;
  readonly gasLargest: bigint;
  /** Of all units. */
  readonly gas: bigint;
  /** Pay for all units in udmc, without royalty and fee. */
  readonly cost: bigint;
  /** Seconds of computing on this machine, for all units. */
  readonly seconds: number;
  /** Sampled units that did not end with OK, with their statuses. */
  readonly failed: readonly { readonly name: string; readonly status: string }[];
}

/** Runs evenly spread units here and scales their gas and time up. */
export async function estimateJob(
  module: Uint8Array,
  inputs: readonly JobInput[],
  executor: LocalExecutor,
  { args, gasLimit, memoryLimit, price, sample, signal }: EstimateOptions,
): Promise<Estimate> {
  const sampled = Math.min(sample, inputs.length);
  const failed: { name: string; status: string }[] = [];
  let total = 0n;
  let largest = 0n;
  let milliseconds = 0;
  for (let i = 0; i < sampled; i += 1) {
    const unit = Math.floor((i * inputs.length) / sampled);
    const input = inputs[unit];
    if (input === undefined) continue;
    const limits = { gasLimit, memoryLimit: Number(memoryLimit) };
    const started = performance.now();
    const { gas, status } = await executor.run({ module, signal, input: input.bytes, unit, args, ...limits });
    milliseconds += performance.now() - started;
    total += gas;
    if (gas > largest) largest = gas;
    if (status !== 'OK') failed.push({ name: input.name, status });
  }
  const units = BigInt(inputs.length);
  const gas = sampled === 0 ? 0n : (total * units) / BigInt(sampled);
  return {
    units: inputs.length,
    sampled,
    gasPerUnit: sampled === 0 ? 0n : total / BigInt(sampled),
    gasLargest: largest,
    gas,
    cost: (gas * price) / 1_000_000_000n,
    seconds: sampled === 0 ? 0 : (milliseconds / sampled / 1000) * inputs.length,
    failed,
  };
}
