import type { DrawRule, JobDraw, Udmc, Worker, WorkerParams } from '@dmcn/chain-client';
import { FEES_OF_A_BATCH, type IdleRule } from './rule.js';
import type { Standing } from './standing.js';

/** Bond that leases may still lock. */
export function leasable(worker: Worker, params: WorkerParams): Udmc {
  const allowed = (worker.bond * BigInt(params.leaseLockBps)) / 10_000n - worker.locked - worker.reserved;
  return allowed > 0n ? allowed : 0n;
}

const RESUME = 'run "dmcn worker resume"';
const START = 'run "dmcn worker start"';

/** What keeps a worker as a whole from work, in words. */
export const workerReasons: Readonly<Record<IdleRule, (standing: Standing) => string>> = {
  not_registered: () => `it is not registered: ${START}`,
  not_running: () => `no process of it runs in this home: ${START}`,
  paused: ({ atHome }) =>
    atHome.pausedBy === 'user' || atHome.running
      ? `it is paused: ${RESUME}`
      : `it is paused, as it is whenever it is stopped: ${START}`,
  schedule: ({ atHome }) => {
    const opens = atHome.shift && !atHome.shift.open ? atHome.shift.until : undefined;
    const when = opens === undefined ? 'when it opens' : `at ${new Date(opens).toISOString()}`;
    return `its schedule paused it: it comes back by itself ${when}, while it runs`;
  },
  set_aside: ({ record }) =>
    `it missed ${record?.worker.missed} offers in a row and was set aside: ${RESUME}`,
  jailed: ({ record }) =>
    `it was slashed and takes no work until height ${record?.worker.jailUntil}; from then on ${RESUME}`,
  tombstoned: () =>
    'it was slashed for a second fraud and never gets work again: withdraw what is left of its bond',
  lot: ({ record, params }) =>
    `its bond of ${record?.worker.bond} udmc is below one lot of ${params.lot} udmc: run "dmcn worker bond"`,
  rate: ({ record, params }) =>
    `its rate of ${record?.worker.rate} gas a block is below the minimum of ${params.minRate}: start it with a higher --rate or --cpu`,
  load: ({ record, params }) =>
    `it holds ${record?.worker.load} batches, and ${params.maxLoad} are allowed at once: it gets more when it has done some`,
  fees: ({ fees }) => {
    if (!fees?.allowance) {
      return `its operator ${fees?.operator} may not let its owner pay fees: stop it and ${START}`;
    }
    return fees.balance < FEES_OF_A_BATCH
      ? `its owner has ${fees.balance} udmc, and the messages of a batch cost about ${FEES_OF_A_BATCH}: send coins to the owner`
      : `what its operator ${fees.operator} may let its owner pay in fees is used up or has expired: grant it more`;
  },
  no_seed: ({ seeds }) =>
    `the beacon had no live seed at the heights ${seeds.at(-1)?.height} to ${seeds[0]?.height}, and nothing is drawn without one: it goes on when validators with a key propose again`,
  no_job: () => 'no job is open: work comes when somebody submits one',
};

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What keeps a worker from the next batch of a job, in words. */
export const jobReasons: Readonly<Record<DrawRule, (draw: JobDraw, standing: Standing) => string>> = {
  ending: ({ job }) =>
    job.cancelled
      ? 'it is cancelled: nothing more of it is drawn'
      : `its deadline at height ${job.spec.deadline} has come: nothing more of it is drawn`,
  suspended: () => 'it is suspended until its requester confirms the inputs',
  drawn: () => 'all of its batches are drawn',
  reported: () =>
    'this worker reported an input of it missing, and its requester has not confirmed the inputs since',
  lapsed: () => 'a lease of this worker on it ran out: it is drawn again where nobody else fits',
  price: ({ job }, { record }) =>
    `it pays at most ${job.spec.maxPrice} udmc per 10^9 gas, this worker asks ${record?.worker.ask} (--ask)`,
  memory: ({ job }, { record }) =>
    `it needs ${job.spec.memoryLimit} bytes of memory, this worker offers ${record?.worker.memory} (--memory)`,
  features: ({ job }, { record }) => {
    const missing = job.spec.features.filter((feature) => !record?.worker.features.includes(feature));
    return `it needs ${missing.join(', ')} (--feature)`;
  },
  modules: ({ job }) =>
    `its module ${hex(job.spec.moduleId)} is not among those that this worker runs (--module)`,
  gas_limit: ({ job }, { record }) =>
    `its units may use ${job.spec.gasLimit} gas, this worker takes at most ${record?.worker.maxGasLimit} (--longest-unit, --max-gas-limit)`,
  bond: ({ bond }, { record, params }) =>
    `a batch of it locks ${bond} udmc, of this worker's bond ${record ? leasable(record.worker, params) : 0n} udmc are left for leases: run "dmcn worker bond"`,
};
