import {
  type ChainClient,
  ChainRejectedError,
  eventOf,
  found,
  type JobSpec,
  type Message,
  type Receipt,
  type SignedTx,
  type TaskParams,
  type Udmc,
} from '@dmcn/chain-client';
import { batchCount, escrow as escrowOf } from '@dmcn/protocol';
import { type Cost, refuseAbove, refuseBeyond } from './funds.js';
import type { PreparedInputs } from './inputs.js';
import { createMemoryJournal } from './journal.js';
import { executeOnce, type OnceOptions } from './once.js';
import { type JobChoices, planJob } from './plan.js';
import type { RequesterIdentity, RequesterPorts } from './ports.js';
import { refuseUnfit } from './publish.js';
import { type UploadOptions, uploadInputs } from './upload.js';

/** The program of a job. */
export interface JobModule {
  /** SHA-256 of the code. */
  readonly id: Uint8Array;
  /** Published with the job, without a royalty, where the chain does not have it. */
  readonly code?: Uint8Array;
  /** A label of at most 64 bytes for a module that is published. */
  readonly name?: string;
}

/** What is asked of the network. */
export interface JobRequest {
  readonly module: JobModule;
  readonly inputs: PreparedInputs;
  readonly choices: JobChoices;
  /** Base URLs of blob stores; inputs are put into the first that works. */
  readonly locators: readonly string[];
  /** The most that the job may cost: escrow, the module's deposit, and the fees of submitting it and of accepting its batches. */
  readonly maxTotal?: Udmc;
}

export interface SubmitJobOptions extends UploadOptions, Pick<OnceOptions, 'onWaiting'> {
  /** Names the submission in the journal: under one name a job is submitted once. `job` unless given. */
  readonly name?: string;
  /** Kept with the transaction. */
  readonly purpose?: string;
}

export interface SubmittedJob {
  readonly jobId: bigint;
  /** Moved into escrow, in udmc. What is not spent comes back. */
  readonly escrow: Udmc;
  /** Deposit of the module, 0n where the chain had it. */
  readonly deposit: Udmc;
  readonly hash: string;
  readonly height: number;
}

/**
 * Uploads the inputs and submits the job with its escrow, in one transaction with its module where the chain does not have
 * that. A submission that was signed under the same name before is followed to its end instead, and nothing new is sent
 * unless that surely came to nothing. It stays in the journal until the caller forgets it.
 * @throws FundsError before anything is sent where the job may cost more than `maxTotal` or the balance; ModuleRefusedError,
 * BlobError, ChainRejectedError, UnknownFateError
 */
export async function submitJob(
  request: JobRequest,
  identity: RequesterIdentity,
  ports: RequesterPorts,
  options: SubmitJobOptions = {},
): Promise<SubmittedJob> {
  const { name = 'job', purpose = '', onWaiting, ...upload } = options;
  const { chain, journal = createMemoryJournal() } = ports;
  const submit = (onSigned: (tx: SignedTx) => Promise<void>) =>
    submitNew(request, identity, ports, upload, onSigned);
  // Who has nothing at stake yet is told at once that no node answers.
  if ((await journal.recall(name)) === undefined) await chain.status();
  const receipt = await executeOnce(
    { chain, journal },
    { name, purpose, submit },
    { signal: upload.signal, onWaiting },
  );
  return submittedBy(receipt);
}

async function submitNew(
  request: JobRequest,
  identity: RequesterIdentity,
  { chain, blobsAt }: RequesterPorts,
  upload: UploadOptions,
  onSigned: (tx: SignedTx) => Promise<void>,
): Promise<Receipt> {
  const { signer } = identity;
  const { maxTotal, inputs, locators } = request;
  const { messages, cost } = await prepare(request, identity, chain);
  const options = { signer, onSigned, ...(upload.signal && { signal: upload.signal }) };
  refuseAbove(maxTotal, cost);
  refuseBeyond(await chain.balance(signer.address), cost, signer.address);
  const quote = maxTotal === undefined ? undefined : await chain.quote(messages, { signer });
  if (quote) refuseAbove(maxTotal, { ...cost, fee: quote.fee });
  await uploadInputs(blobsAt(locators), inputs, upload);
  try {
    return await chain.submit(messages, { ...options, ...(quote && { gasLimit: quote.gasLimit }) });
  } catch (error) {
    if (!isStoredMeanwhile(error)) throw error;
    return chain.submit(messages.slice(1), options);
  }
}

/** The messages that submit the job, and what it may cost. */
async function prepare(
  { module, inputs, choices, locators }: JobRequest,
  { encryption }: RequesterIdentity,
  chain: ChainClient,
): Promise<{ readonly messages: readonly Message[]; readonly cost: Cost }> {
  const [params, { height }, stored] = await Promise.all([
    chain.taskParams(),
    chain.status(),
    module.code ? found(chain.module(module.id)) : chain.module(module.id),
  ]);
  const encryptionKey = encryption.publicKey;
  const spec = planJob(choices, { moduleId: module.id, inputs, locators, encryptionKey, params, height });
  const escrow = stored ? (await chain.escrow(spec)).escrow : unpublishedEscrow(spec, params);
  const submission: Message = { type: 'submitJob', spec, maxEscrow: escrow };
  const batches = batchCount(spec);
  if (stored || !module.code)
    return { messages: [submission], cost: { escrow, deposit: 0n, fee: 0n, batches } };
  refuseUnfit(module.code);
  const publication: Message = {
    type: 'storeModule',
    code: module.code,
    royaltyBps: 0,
    name: module.name ?? '',
  };
  const deposit = params.moduleDepositPerByte * BigInt(module.code.length);
  return { messages: [publication, submission], cost: { escrow, deposit, fee: 0n, batches } };
}

/** What the chain would say if it knew the module, which has no royalty. */
const unpublishedEscrow = (spec: JobSpec, { feeBps, auditFloor }: TaskParams): Udmc => {
  const { auditors, samples } = spec.assurance;
  return escrowOf({ ...spec, royaltyBps: 0, feeBps, auditors, samples, auditFloor });
};

/** Somebody else may publish the same module between our question and our transaction. */
const isStoredMeanwhile = (error: unknown): boolean =>
  error instanceof ChainRejectedError && error.reason === 'ModuleExists';

/** What a receipt says about the job that it submitted. Throws BadResponseError where it submitted none. */
export function submittedBy(receipt: Receipt): SubmittedJob {
  const { id, funded } = eventOf(receipt, 'JobSubmitted').data.job;
  const published = receipt.events.find((event) => event.type === 'ModuleStored');
  return {
    jobId: id,
    escrow: funded,
    deposit: published?.type === 'ModuleStored' ? published.data.module.deposit : 0n,
    hash: receipt.hash,
    height: receipt.height,
  };
}
