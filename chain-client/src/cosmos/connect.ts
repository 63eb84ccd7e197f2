import type { ChainClient } from '../port/chain-client.js';
import { messageMethods } from '../port/message-methods.js';
import type { ChainReader } from '../port/reader.js';
import { fetchBlock } from './actions/fetch-block.js';
import { fetchBlocks } from './actions/fetch-blocks.js';
import { followBlocks } from './actions/follow-blocks.js';
import { getAuditParams } from './actions/get-audit-params.js';
import { getBalance } from './actions/get-balance.js';
import { getBatch } from './actions/get-batch.js';
import { getBeaconParams } from './actions/get-beacon-params.js';
import { getChallengeDeposit } from './actions/get-challenge-deposit.js';
import { getCommit } from './actions/get-commit.js';
import { getDelegations } from './actions/get-delegations.js';
import { getDispute } from './actions/get-dispute.js';
import { getDisputedInput } from './actions/get-disputed-input.js';
import { getEscrow } from './actions/get-escrow.js';
import { getFeeAllowance } from './actions/get-fee-allowance.js';
import { getJob } from './actions/get-job.js';
import { getModule } from './actions/get-module.js';
import { getModuleCode } from './actions/get-module-code.js';
import { getOpening } from './actions/get-opening.js';
import { getPayouts } from './actions/get-payouts.js';
import { getPostedOutput } from './actions/get-posted-output.js';
import { getReferee } from './actions/get-referee.js';
import { getSeed } from './actions/get-seed.js';
import { getStatus } from './actions/get-status.js';
import { getSupply } from './actions/get-supply.js';
import { getTaskParams } from './actions/get-task-params.js';
import { getTransaction } from './actions/get-transaction.js';
import { getWorker } from './actions/get-worker.js';
import { getWorkerParams } from './actions/get-worker-params.js';
import { listAuditorAudits } from './actions/list-auditor-audits.js';
import { listBatchAudits } from './actions/list-batch-audits.js';
import { listBatches } from './actions/list-batches.js';
import { listDisputes } from './actions/list-disputes.js';
import { listJobs } from './actions/list-jobs.js';
import { listMessageGrants } from './actions/list-message-grants.js';
import { listModules } from './actions/list-modules.js';
import { listProposals } from './actions/list-proposals.js';
import { listReferees } from './actions/list-referees.js';
import { listSlashes } from './actions/list-slashes.js';
import { listValidators } from './actions/list-validators.js';
import { listWithheldBatches } from './actions/list-withheld-batches.js';
import { listWorkerBatches } from './actions/list-worker-batches.js';
import { listWorkerDraws } from './actions/list-worker-draws.js';
import { listWorkers } from './actions/list-workers.js';
import { addressBytes, addressFromBytes, operatorOf, validatorOf } from './address.js';
import type { CosmosContext } from './context.js';
import { HeadWatcher } from './head-watcher.js';
import { type CosmosOptions, compileOptions } from './options.js';
import { statusRequest } from './rpc/requests.js';
import { RpcClient } from './rpc/rpc-client.js';
import { Submitter } from './tx/submitter.js';

/**
 * A client of a dmcn chain built with the Cosmos SDK. With a chain id it needs no endpoint to answer yet. Throws
 * `RangeError` for options that cannot work, `EndpointUnreachableError` and `BadResponseError`.
 */
export async function connectCosmos(options: CosmosOptions): Promise<ChainClient> {
  const compiled = compileOptions(options);
  const rpc = new RpcClient(compiled.endpoints, compiled, compiled.chainId);
  const chainId = compiled.chainId ?? (await rpc.call(statusRequest)).chainId;
  const context = { chainId, rpc, head: new HeadWatcher(rpc, compiled) };
  return clientOf(context, new Submitter(context, compiled));
}

function clientOf(context: CosmosContext, submitter: Submitter): ChainClient {
  const submit: ChainClient['submit'] = (messages, options) => submitter.submit(messages, options);
  return {
    ...readerOf(context),
    at: (height) => readerOf({ ...context, height }),
    chainId: context.chainId,
    fetchBlock: (height) => fetchBlock(context, height),
    fetchBlocks: (from, to) => fetchBlocks(context, from, to),
    blocks: (options) => followBlocks(context, options),
    ...messageMethods(submit),
    submit,
    quote: (messages, options) => submitter.quote(messages, options),
    resume: (tx, options) => submitter.resume(tx, options),
    close: () => context.rpc.close(),
  };
}

function readerOf(context: CosmosContext): ChainReader {
  return {
    status: () => getStatus(context),
    workerParams: () => getWorkerParams(context),
    taskParams: () => getTaskParams(context),
    auditParams: () => getAuditParams(context),
    beaconParams: () => getBeaconParams(context),
    worker: (address) => getWorker(context, address),
    workers: (page) => listWorkers(context, page),
    module: (id) => getModule(context, id),
    moduleCode: (id) => getModuleCode(context, id),
    modules: (page) => listModules(context, page),
    job: (id) => getJob(context, id),
    jobs: (query) => listJobs(context, query),
    batch: (id) => getBatch(context, id),
    batches: (query) => listBatches(context, query),
    workerBatches: (query) => listWorkerBatches(context, query),
    withheldBatches: (query) => listWithheldBatches(context, query),
    workerDraws: (query) => listWorkerDraws(context, query),
    escrow: (spec) => getEscrow(context, spec),
    batchAudits: (id) => listBatchAudits(context, id),
    auditorAudits: (query) => listAuditorAudits(context, query),
    dispute: (id) => getDispute(context, id),
    disputes: (page) => listDisputes(context, page),
    challengeDeposit: (jobId) => getChallengeDeposit(context, jobId),
    referee: (validator) => getReferee(context, validator),
    referees: (page) => listReferees(context, page),
    seed: (height) => getSeed(context, height),
    supply: () => getSupply(context),
    payouts: () => getPayouts(context),
    slashes: (page) => listSlashes(context, page),
    proposals: (page) => listProposals(context, page),
    balance: (address) => getBalance(context, address),
    feeAllowance: (query) => getFeeAllowance(context, query),
    messageGrants: (query) => listMessageGrants(context, query),
    validators: (page) => listValidators(context, page),
    delegations: (delegator) => getDelegations(context, delegator),
    commitOf: (id) => getCommit(context, id),
    openingOf: (id) => getOpening(context, id),
    postedOutputOf: (id) => getPostedOutput(context, id),
    disputedInputOf: (dispute) => getDisputedInput(context, dispute),
    transaction: (hash) => getTransaction(context, hash),
    addressBytes,
    addressFromBytes,
    validatorOf,
    operatorOf,
  };
}
