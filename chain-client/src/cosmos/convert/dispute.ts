import type { Dispute, DisputeCause, DisputeState, Referee, Verdict, Vote } from '../../types/dispute.js';
import * as wire from '../gen/dmcn/audit/v1/dispute.js';
import { amount, count, named, present } from './scalar.js';

const causes: ReadonlyMap<number, DisputeCause> = new Map([
  [wire.DisputeCause.DISPUTE_CAUSE_AUDIT, 'Audit'],
  [wire.DisputeCause.DISPUTE_CAUSE_CHALLENGE, 'Challenge'],
]);

export const disputeStates: ReadonlyMap<number, DisputeState> = new Map([
  [wire.DisputeState.DISPUTE_STATE_QUEUED, 'Queued'],
  [wire.DisputeState.DISPUTE_STATE_COMMITTING, 'Committing'],
  [wire.DisputeState.DISPUTE_STATE_REVEALING, 'Revealing'],
  [wire.DisputeState.DISPUTE_STATE_DECIDED, 'Decided'],
]);

const verdicts: ReadonlyMap<number, Verdict> = new Map([
  [wire.Verdict.VERDICT_FOR_WORKER, 'ForWorker'],
  [wire.Verdict.VERDICT_AGAINST_WORKER, 'AgainstWorker'],
  [wire.Verdict.VERDICT_NONE, 'None'],
]);

export function toDispute(dispute: wire.Dispute): Dispute {
  const verdict = verdicts.get(dispute.verdict);
  return {
    id: dispute.id,
    jobId: dispute.jobId,
    batch: dispute.batch,
    epoch: dispute.epoch,
    leaf: present(dispute.leaf, 'leaf'),
    cause: named(causes.get(dispute.cause), 'cause of a dispute'),
    state: named(disputeStates.get(dispute.state), 'dispute state'),
    poster: dispute.poster,
    deposit: amount(dispute.deposit),
    inputHash: dispute.inputHash,
    postedHeight: count(dispute.postedHeight),
    startedHeight: count(dispute.startedHeight),
    commitDeadline: count(dispute.commitDeadline),
    deadline: count(dispute.deadline),
    extended: dispute.extended,
    totalPower: dispute.totalPower,
    committedPower: dispute.committedPower,
    revealedPower: dispute.revealedPower,
    ...(verdict && { verdict }),
  };
}

export const toVote = ({ disputeId, validator, power, hash, leaf }: wire.Vote): Vote => ({
  disputeId,
  validator,
  power,
  ...(hash.length > 0 && { hash }),
  ...(leaf && { leaf }),
});

export const toReferee = (referee: wire.Referee): Referee => ({
  validator: referee.validator,
  account: referee.account,
  encryptionKey: referee.encryptionKey,
  registeredHeight: count(referee.registeredHeight),
});
