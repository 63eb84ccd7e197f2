import type { Job, Leaf } from '@dmcn/chain-client';
import type { OutputsUnreadableError } from './outputs.js';
import type { UnitRun } from './verify.js';

/** A unit whose outcome the chain has settled, or whose batch ended without one. */
export interface UnitOutcome {
  readonly unit: number;
  readonly leaf?: Leaf;
  /** Owner of the worker. */
  readonly worker?: string;
  /** Price of the lease, udmc per 10^9 gas. */
  readonly ask?: bigint;
}

/** What happens while a job is collected. */
export type CollectEvent =
  | {
      readonly event: 'progress';
      readonly job: Job;
      readonly unitsOpened: number;
      readonly unitsDone: number;
    }
  | { readonly event: 'accepted'; readonly batch: number }
  /** The outputs of a batch cannot be read; told once. Where a store does not answer they may be readable later. */
  | { readonly event: 'unreadable'; readonly batch: number; readonly error: OutputsUnreadableError }
  | { readonly event: 'demanded' | 'wrong' | 'challenged'; readonly batch: number; readonly unit: number }
  /** A unit is wrong and its batch can be challenged no more: the window was over before it was checked. */
  | { readonly event: 'tooLate'; readonly batch: number; readonly unit: number }
  /** No endpoint of the chain answers, told once; then that one does again. */
  | { readonly event: 'unreachable'; readonly error: unknown }
  | { readonly event: 'reachable' };

export interface CollectOptions {
  /** Runs a share of each batch's units here from its commit on, and accepts the batch if they give the same. */
  readonly verify?: { readonly rate: number; readonly run: UnitRun };
  /** Receives an output once the chain has its hash. May be called again where a batch was done again. */
  readonly onOutput: (unit: number, output: Uint8Array) => Promise<void>;
  /** Whether an output of that hash was received before, so that it need not be fetched again. */
  readonly hasOutput?: (unit: number, outputHash: Uint8Array) => Promise<boolean>;
  readonly onEvent: (event: CollectEvent) => void;
  readonly signal: AbortSignal;
}

/** A finished job and what became of each of its units. */
export interface Collected {
  readonly job: Job;
  readonly outcomes: readonly UnitOutcome[];
  /** Units that were done and paid but whose output could not be read. */
  readonly missing: readonly number[];
  /** Units of batches that left the chain's state, long after the job's end, and whose blocks no node has that was asked. */
  readonly pruned: readonly number[];
}
