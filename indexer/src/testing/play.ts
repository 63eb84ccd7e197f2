import type { BatchState } from '@dmcn/chain-client';
import * as batches from './batch-actions.js';
import * as census from './census-actions.js';
import * as disputes from './dispute-actions.js';
import * as jobs from './job-actions.js';
import type { Network, NetworkBatch } from './network.js';
import * as payouts from './payout-actions.js';
import * as workers from './worker-actions.js';

type Action = () => void;

const MODULES = 4;
const WORKERS = 8;
const PROPOSALS = 6;

/** What may happen to a batch next. */
const batchActions: Readonly<Record<BatchState, readonly ((net: Network, batch: NetworkBatch) => void)[]>> = {
  Queued: [],
  Offered: [batches.accept, batches.accept, batches.commit, batches.missOffer],
  Leased: [batches.commit, batches.commit, batches.commit, batches.lapseLease, batches.giveBack],
  Committed: [batches.coinsOver, batches.showKey],
  Opening: [batches.open, batches.open, batches.notOpened],
  Challenge: [batches.finish, batches.finish, batches.demand, disputes.challenge],
  Demanded: [batches.postOutput, batches.ignoreDemand],
  AuditWait: [],
  Disputed: [],
  Voting: [disputes.vote, disputes.vote],
  Fraud: [],
  Withheld: [],
  Final: [],
  Ended: [],
};

/** Everything that may happen next. */
const possible = (net: Network): readonly Action[] => {
  const actions: Action[] = [() => net.endBlock()];
  const allWorkers = [...net.workers.values()];
  const active = allWorkers.filter((worker) => worker.status === 'Active');
  const stored = [...net.modules].filter(([id]) => !net.removedModules.has(id)).map(([, module]) => module);
  const goingOn = [...net.jobs.values()].filter((job) => job.settledHeight === 0);

  if (allWorkers.length < WORKERS) actions.push(() => workers.register(net, allWorkers.length));
  if (net.modules.size < MODULES) actions.push(() => jobs.storeModule(net, net.modules.size));
  for (const worker of allWorkers) {
    const paused = worker.status !== 'Active';
    actions.push(() => workers.changeStatus(net, worker, paused ? 'Active' : 'Paused'));
    actions.push(() => workers.changeBond(net, worker, 'bond', { bond: 12_345n }));
    actions.push(() => workers.changeAsk(net, worker, worker.ask + 1n));
  }
  if (net.referees.size < 4) actions.push(() => disputes.registerReferee(net));
  for (const [id, { released }] of net.lapses)
    if (!released) actions.push(() => workers.releaseLapse(net, id));
  for (const module of stored) {
    const units = 1 + ((Number(net.jobs.size) * 7) % 20);
    actions.push(() => jobs.submitJob(net, module, units, 4));
    const used = goingOn.some((job) => job.spec.moduleId === module.id);
    if (!used && stored.length > 1) actions.push(() => jobs.removeModule(net, module));
  }
  if (net.pausedHeight > 0) actions.push(() => payouts.resumePayouts(net));
  else if (net.height % 20 === 0) actions.push(() => payouts.pausePayouts(net));
  for (const job of net.jobs.values()) {
    const drawn = [...net.batches.values()].filter(({ jobId }) => jobId === job.id).length;
    const left = drawn - job.prunedBatches;
    if (job.settledHeight > 0 && left > 0) {
      const batches = Math.ceil(left / 2);
      actions.push(() => jobs.pruneBatches(net, job, batches, batches === left));
    }
  }
  for (const job of goingOn) {
    const worker = active[net.height % Math.max(active.length, 1)];
    const draws = worker !== undefined && !job.cancelled && job.state === 'Open';
    if (draws && job.nextBatch < job.batches) actions.push(() => batches.draw(net, job, worker));
    if (job.missingReporters.length > 0) actions.push(() => jobs.confirmInputs(net, job));
    if (!job.cancelled && net.height % 5 === 0) {
      actions.push(() => {
        jobs.cancelJob(net, job);
        batches.endWaiting(net, job);
      });
    }
    for (const batch of net.batches.values()) {
      if (batch.jobId !== job.id) continue;
      for (const act of batchActions[batch.state]) actions.push(() => act(net, batch));
      if (batch.state !== 'Queued') continue;
      if (draws) actions.push(() => batches.draw(net, job, worker, batch));
      if (batch.lateOpen !== undefined) actions.push(() => batches.openLate(net, batch));
    }
  }
  actions.push(
    () => census.moveSupply(net),
    () => census.changeValidator(net),
  );
  if (net.proposals.size < PROPOSALS) actions.push(() => census.propose(net));
  const undecided = [...net.proposals.values()].filter(
    ({ proposal, ended }) => ended === undefined && ['Deposit', 'Voting'].includes(proposal.status),
  );
  for (const { proposal } of undecided) actions.push(() => census.moveProposal(net, proposal.id));
  return actions;
};

/** Lets something happen for each number, which picks it among all that may, and ends the last block. */
export const play = (net: Network, picks: readonly number[]): Network => {
  for (const pick of picks) {
    const actions = possible(net);
    actions[pick % actions.length]?.();
  }
  net.endBlock();
  return net;
};

/** Numbers that look random, always the same ones for the same seed. */
export const picks = (seed: number, count: number): readonly number[] => {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  });
};
