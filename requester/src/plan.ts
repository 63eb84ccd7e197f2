import type { Assurance, JobSpec, Mode, TaskParams, Udmc } from '@dmcn/chain-client';
import type { PreparedInputs } from './inputs.js';

/** What a requester decides about a job. What is left out has the default that is named. */
export interface JobChoices {
  readonly args?: readonly string[];
  /** Gas of a unit: 2*10^9. */
  readonly gasLimit?: bigint;
  /** Memory of a unit in bytes: 64 MiB. */
  readonly memoryLimit?: bigint;
  /** Units of a batch: 32. */
  readonly batchSize?: number;
  /** Highest price in udmc per 10^9 gas: 2,000, or the network's minimum if that is more. */
  readonly maxPrice?: Udmc;
  /** Blocks until what is not leased ends: 14,400, or the network's maximum if that is less. */
  readonly deadlineBlocks?: number;
  /** Probability of an audit in basis points, 2000, 5000 or 10000: 2000. */
  readonly auditBps?: number;
  /** Auditors of an audited batch: 1. */
  readonly auditors?: number;
  /** Units each auditor re-executes: 2, or 1 in batches below 16. */
  readonly samples?: number;
  readonly features?: readonly string[];
  /** Who can read the inputs: `public`. */
  readonly mode?: Mode;
}

/** What a job has where its requester does not choose. */
export const JOB_DEFAULTS = {
  gasLimit: 2_000_000_000n,
  memoryLimit: 64n * 1024n * 1024n,
  batchSize: 32,
  maxPrice: 2_000n,
  deadlineBlocks: 14_400,
  auditBps: 2_000,
  auditors: 1,
};

/** Where a job takes place. */
export interface JobSurroundings {
  readonly moduleId: Uint8Array;
  readonly inputs: PreparedInputs;
  /** Base URLs of the blob stores that hold index and inputs. */
  readonly locators: readonly string[];
  /** The requester's X25519 public key. */
  readonly encryptionKey: Uint8Array;
  readonly params: TaskParams;
  /** Newest height of the chain. */
  readonly height: number;
}

/** Fills in the defaults and turns choices into what is submitted. */
export function planJob(choices: JobChoices, around: JobSurroundings): JobSpec {
  const { params, inputs } = around;
  const batchSize = choices.batchSize ?? JOB_DEFAULTS.batchSize;
  const blocks = choices.deadlineBlocks ?? Math.min(JOB_DEFAULTS.deadlineBlocks, params.maxDeadline);
  const price = params.minPrice > JOB_DEFAULTS.maxPrice ? params.minPrice : JOB_DEFAULTS.maxPrice;
  return {
    moduleId: around.moduleId,
    args: choices.args ?? [],
    units: inputs.inputs.length,
    inputRoot: inputs.root,
    inputIndex: inputs.indexHash,
    batchSize,
    gasLimit: choices.gasLimit ?? JOB_DEFAULTS.gasLimit,
    memoryLimit: choices.memoryLimit ?? JOB_DEFAULTS.memoryLimit,
    maxPrice: choices.maxPrice ?? price,
    assurance: assuranceOf(choices, batchSize),
    mode: choices.mode ?? 'public',
    locators: around.locators,
    encryptionKey: around.encryptionKey,
    deadline: around.height + blocks,
    features: choices.features ?? [],
  };
}

function assuranceOf(choices: JobChoices, batchSize: number): Assurance {
  return {
    auditBps: choices.auditBps ?? JOB_DEFAULTS.auditBps,
    auditors: choices.auditors ?? JOB_DEFAULTS.auditors,
    samples: choices.samples ?? (batchSize < 16 ? 1 : 2),
  };
}
