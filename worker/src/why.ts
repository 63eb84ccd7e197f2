import type { Job, Udmc, Worker, WorkerParams } from '@dmcn/chain-client';
import { batchBond } from '@dmcn/protocol';

/** Why a worker gets no offers: rules about itself, and for each job with work left the first rule that excludes it. */
export interface Idleness {
  /** Empty when the worker can be drawn. */
  readonly worker: readonly string[];
  readonly jobs: readonly { readonly jobId: bigint; readonly reason: string }[];
}

/** Bond that leases may still lock. */
export function leasable(worker: Worker, params: WorkerParams): Udmc {
  const allowed = (worker.bond * BigInt(params.leaseLockBps)) / 10_000n - worker.locked - worker.reserved;
  return allowed > 0n ? allowed : 0n;
}

/** Names each rule of the draw that keeps `worker` from an offer, as far as public state shows it. */
export function whyIdle(worker: Worker, params: WorkerParams, jobs: readonly Job[]): Idleness {
  const reasons: string[] = [];
  if (worker.status === 'Paused') reasons.push('it is paused: run "dmcn worker resume"');
  if (worker.status === 'SetAside') {
    reasons.push(`it missed ${worker.missed} offers in a row and was set aside: run "dmcn worker resume"`);
  }
  if (worker.bond < params.lot) {
    reasons.push(
      `its bond of ${worker.bond} udmc is below one lot of ${params.lot} udmc: run "dmcn worker bond"`,
    );
  }
  if (worker.load >= params.maxLoad)
    reasons.push(`it holds ${worker.load} batches, the most that are allowed at once`);
  if (worker.rate < params.minRate)
    reasons.push(`its rate of ${worker.rate} is below the minimum of ${params.minRate}`);
  const open = jobs.filter((job) => job.state === 'Open' || job.state === 'Suspended');
  if (open.length === 0) reasons.push('no job is open: work comes when somebody submits one');
  const excluded = open.flatMap((job) => {
    const reason = whyNotJob(worker, params, job);
    return reason === undefined ? [] : [{ jobId: job.id, reason }];
  });
  return { worker: reasons, jobs: excluded };
}

function whyNotJob(worker: Worker, params: WorkerParams, job: Job): string | undefined {
  const { spec } = job;
  if (job.state === 'Suspended') return 'it is suspended until its requester confirms the inputs';
  if (job.missingReporters.includes(worker.owner)) return 'this worker reported an input of it missing';
  if (worker.ask > spec.maxPrice)
    return `it pays at most ${spec.maxPrice} udmc per 10^9 gas, this worker asks ${worker.ask}`;
  if (worker.memory < spec.memoryLimit)
    return `it needs ${spec.memoryLimit} bytes of memory, this worker offers ${worker.memory}`;
  const missing = spec.features.filter((feature) => !worker.features.includes(feature));
  if (missing.length > 0) return `it needs ${missing.join(', ')}`;
  const units = Math.min(spec.batchSize, spec.units);
  const bond = batchBond({ units, gasLimit: spec.gasLimit, maxPrice: spec.maxPrice });
  const free = leasable(worker, params);
  if (free < bond)
    return `a batch of it locks ${bond} udmc, of this worker's bond ${free} udmc are left for leases`;
  if (job.nextBatch >= job.batches && job.liveBatches === 0) return 'all of its batches are drawn';
  return undefined;
}
