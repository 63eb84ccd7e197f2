import type { JobSpec, Udmc } from '@dmcn/chain-client';
import type { PreparedInputs } from './inputs.js';
import { type JobChoices, planJob } from './plan.js';
import type { RequesterIdentity, RequesterPorts } from './ports.js';
import { type UploadOptions, uploadInputs } from './upload.js';

/** The requester cannot or will not pay what the job needs. */
export class FundsError extends Error {
  override readonly name = 'FundsError';
  constructor(
    message: string,
    readonly escrow: Udmc,
  ) {
    super(message);
  }
}

export interface SubmitJobOptions extends UploadOptions {
  readonly choices: JobChoices;
  /** Base URLs of blob stores; inputs are put into the first that works. */
  readonly locators: readonly string[];
  /** The most that may be moved into escrow, in udmc. */
  readonly maxTotal?: Udmc;
}

export interface SubmittedJob {
  readonly jobId: bigint;
  readonly spec: JobSpec;
  /** Moved into escrow, in udmc. What is not spent comes back. */
  readonly escrow: Udmc;
  readonly hash: string;
  readonly height: number;
}

/**
 * Uploads the inputs and submits the job with its escrow.
 * @throws FundsError before anything is sent where the escrow is above `maxTotal` or the balance; BlobError, ChainRejectedError
 */
export async function submitJob(
  moduleId: Uint8Array,
  inputs: PreparedInputs,
  identity: RequesterIdentity,
  { chain, blobsAt }: RequesterPorts,
  { choices, locators, maxTotal, ...upload }: SubmitJobOptions,
): Promise<SubmittedJob> {
  const { signer, encryption } = identity;
  const [params, { height }] = await Promise.all([chain.taskParams(), chain.status()]);
  const encryptionKey = encryption.publicKey;
  const spec = planJob(choices, { moduleId, inputs, locators, encryptionKey, params, height });
  const [{ escrow }, balance] = await Promise.all([chain.escrow(spec), chain.balance(signer.address)]);
  if (maxTotal !== undefined && escrow > maxTotal) {
    const advice = 'lower the gas limit or the price, or allow more';
    throw new FundsError(
      `the job may cost ${escrow} udmc, more than the allowed ${maxTotal}; ${advice}`,
      escrow,
    );
  }
  if (escrow >= balance) {
    const advice = `send coins to ${signer.address}, or lower the gas limit or the price`;
    throw new FundsError(
      `the job needs ${escrow} udmc and a fee, the account has ${balance}; ${advice}`,
      escrow,
    );
  }
  await uploadInputs(blobsAt(locators), inputs, upload);
  const { signal } = upload;
  const receipt = await chain.submitJob({ spec, maxEscrow: escrow }, { signer, ...(signal && { signal }) });
  return { jobId: receipt.jobId, spec, escrow: receipt.escrow, hash: receipt.hash, height: receipt.height };
}
