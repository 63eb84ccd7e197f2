import { hashBlob } from '@dmcn/blob-store';
import type { ChainReader, Dispute, Job, Leaf } from '@dmcn/chain-client';
import { GivenUpError, protocolProof } from '@dmcn/chain-client/acting';
import { equalBytes, verifyMerkleProof } from '@dmcn/protocol';
import { UnitAbandonedError, type UnitResult } from '@dmcn/runtime';
import type { Work } from './work.js';

/** The input that a dispute's transaction has is not the one that the job fixed. */
export class WrongInputError extends Error {
  override readonly name = 'WrongInputError';
  readonly retryable = true;

  constructor(
    readonly dispute: bigint,
    reason: string,
    cause?: unknown,
  ) {
    super(`the input of dispute ${dispute} is not the job's: ${reason}; ask another node`, { cause });
  }
}

/**
 * Runs the unit of a dispute and returns the leaf that it leads to.
 * @throws GivenUpError where it is beyond this referee's budget or this machine cannot finish it; WrongInputError
 */
export async function computeLeaf(dispute: Dispute, work: Work, signal: AbortSignal): Promise<Leaf> {
  const { chain } = work.ports;
  const { maxGas } = work.options;
  const job = await chain.job(dispute.jobId);
  if (maxGas !== undefined && job.spec.gasLimit > maxGas)
    throw new GivenUpError(
      `dispute ${dispute.id} is about a unit of up to ${job.spec.gasLimit} gas, and this referee executes at most ${maxGas}`,
    );
  const [module, input] = await Promise.all([
    chain.moduleCode(job.spec.moduleId),
    verifiedInput(dispute, job, chain),
  ]);
  const {
    statusCode: status,
    exitCode,
    gas,
    output,
  } = await run(dispute, job, { module, input }, work, signal);
  return { unit: dispute.leaf.unit, status, exitCode, gas, outputHash: hashBlob(output) };
}

async function verifiedInput(dispute: Dispute, { spec }: Job, chain: ChainReader): Promise<Uint8Array> {
  const { input, proof } = await chain.disputedInputOf(dispute);
  const hash = hashBlob(input);
  if (!equalBytes(hash, dispute.inputHash)) throw new WrongInputError(dispute.id, 'its SHA-256 differs');
  try {
    const { unit } = dispute.leaf;
    verifyMerkleProof(spec.inputRoot, spec.units, unit, hash, protocolProof(hash, proof));
  } catch (cause) {
    throw new WrongInputError(dispute.id, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return input;
}

async function run(
  { id, leaf }: Dispute,
  { spec }: Job,
  given: { readonly module: Uint8Array; readonly input: Uint8Array },
  { ports, options }: Work,
  signal: AbortSignal,
): Promise<UnitResult> {
  const { args, gasLimit, memoryLimit } = spec;
  const request = { ...given, unit: leaf.unit, args, gasLimit, memoryLimit: Number(memoryLimit), signal };
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await ports.executor.run(request);
    } catch (error) {
      if (!(error instanceof UnitAbandonedError) || signal.aborted) throw error;
      if (error.reason === 'timeout' || attempt >= options.attempts)
        throw new GivenUpError(`it does not vote in dispute ${id}: ${error.message}`, { cause: error });
    }
  }
}
