import type { ChainReader, Page } from '@dmcn/chain-client';
import { bytes32, type Network } from './network.js';

/** What the chain of a network would answer to the questions that an index is compared by. */
export type ComparedReader = Pick<
  ChainReader,
  | 'supply'
  | 'validators'
  | 'proposals'
  | 'modules'
  | 'workerParams'
  | 'taskParams'
  | 'auditParams'
  | 'beaconParams'
  | 'payouts'
  | 'workers'
  | 'worker'
  | 'slashes'
  | 'disputes'
  | 'dispute'
  | 'withheldBatches'
  | 'referees'
  | 'jobs'
  | 'batches'
  | 'batchAudits'
>;

const pageOf = async <T>(items: Iterable<T>): Promise<Page<T>> => ({ items: [...items] });

const unchanged = async (): Promise<never> => {
  throw new Error('no parameters were changed, so nobody asks for them');
};

/** Answers about a network's newest block. */
export const chainOf = (net: Network): ComparedReader => {
  const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
  const account = (name: string, owed: bigint) => ({
    name,
    address: name,
    held: owed,
    owed,
    pausedHeight: name === 'task_escrow' ? net.pausedHeight : 0,
  });
  const held = [...net.slashes.values()].flatMap(({ slash, ended }) => (ended ? [] : [slash]));
  return {
    supply: async () => net.supply?.total ?? 0n,
    validators: () => pageOf(net.validators.values()),
    proposals: () =>
      pageOf([...net.proposals.values()].flatMap(({ proposal, ended }) => (ended ? [] : [proposal]))),
    modules: () =>
      pageOf([...net.modules].flatMap(([id, module]) => (net.removedModules.has(id) ? [] : [module]))),
    workerParams: async () => net.workerParams ?? unchanged(),
    taskParams: unchanged,
    auditParams: unchanged,
    beaconParams: unchanged,
    payouts: async () => [
      account('task_escrow', sum([...net.jobs.values()].map(({ remaining }) => remaining))),
      account('worker_bond', sum([...net.workers.values()].map(({ bond }) => bond))),
      account('slash_hold', sum(held.map(({ amount }) => amount))),
      account('task_deposit', 7n),
    ],
    workers: () => pageOf(net.workers.values()),
    worker: async (owner) => {
      const worker = net.workers.get(owner);
      if (worker === undefined) throw new Error(`no worker ${owner}`);
      const { reputation, ...row } = worker;
      const lapses = [...net.lapses.values()].flatMap(({ lapse, released }) =>
        lapse.owner === owner && !released ? [lapse] : [],
      );
      return { worker: row, reputation, keptOut: [], lapses };
    },
    slashes: () => pageOf(held),
    disputes: () =>
      pageOf(
        [...net.disputes.values()].flatMap(({ dispute }) => (dispute.state === 'Decided' ? [] : [dispute])),
      ),
    dispute: async (id) => {
      const found = net.disputes.get(id);
      if (found === undefined) throw new Error(`no dispute ${id}`);
      const votes = [...found.votes.values()].map(({ validator, power, revealed }) => ({
        ...{ disputeId: id, validator, power, hash: bytes32('vote', id, validator) },
        ...(revealed && { leaf: found.dispute.leaf }),
      }));
      return { dispute: found.dispute, votes };
    },
    withheldBatches: () => pageOf(net.withheld.values()),
    referees: () => pageOf(net.referees.values()),
    jobs: () => pageOf(net.jobs.values()),
    batches: ({ jobId }) =>
      pageOf(
        [...net.batches.values()].filter(
          (batch) => batch.jobId === jobId && batch.index >= (net.jobs.get(jobId)?.prunedBatches ?? 0),
        ),
      ),
    batchAudits: async ({ jobId, batch }) =>
      [...net.audits.values()].filter((audit) => audit.jobId === jobId && audit.batch === batch),
  };
};
