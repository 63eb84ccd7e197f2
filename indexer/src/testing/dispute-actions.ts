import type { Dispute, Leaf } from '@dmcn/chain-client';
import { change, heldBy, idOf, queueAgain } from './batch-actions.js';
import {
  bytes32,
  type Network,
  type NetworkBatch,
  type NetworkDispute,
  type NetworkVote,
} from './network.js';
import { changeBond } from './worker-actions.js';

const validators = ['dmcnvaloper1a', 'dmcnvaloper1b', 'dmcnvaloper1c', 'dmcnvaloper1d'] as const;
const POWER = 10n;
const REWARD = 3n;

const moved = (net: Network, dispute: NetworkDispute, state: Dispute['state'], cause: string): void => {
  const oldState = dispute.state;
  dispute.state = state;
  net.emit('DisputeStateChanged', { dispute, oldState, cause });
};

const leafOf = (net: Network, batch: NetworkBatch): Leaf => {
  const unit = batch.index * (net.jobs.get(batch.jobId)?.spec.batchSize ?? 1);
  return {
    unit,
    status: 0,
    exitCode: 0,
    gas: BigInt(1_000_000 + unit),
    outputHash: bytes32('output', batch.jobId, unit),
  };
};

/** Registers the next referee that is not there yet. */
export const registerReferee = (net: Network): void => {
  const validator = validators[net.referees.size];
  if (validator === undefined) return;
  const referee = {
    validator,
    account: `dmcn1referee${net.referees.size}`,
    encryptionKey: bytes32('referee', validator),
    registeredHeight: net.height,
  };
  net.referees.set(validator, referee);
  net.emit('RefereeRegistered', { referee });
};

/** Somebody challenges the first unit of an open batch. */
export const challenge = (net: Network, batch: NetworkBatch): void => {
  const leaf = leafOf(net, batch);
  if (batch.settledUnits.includes(leaf.unit)) return;
  const dispute: NetworkDispute = {
    id: BigInt(net.disputes.size + 1),
    ...idOf(batch),
    leaf,
    cause: 'Challenge',
    state: 'Queued',
    poster: 'dmcn1challenger',
    deposit: 50n,
    inputHash: bytes32('input', batch.jobId, leaf.unit),
    postedHeight: net.height,
    startedHeight: 0,
    commitDeadline: 0,
    deadline: 0,
    extended: false,
    totalPower: 0n,
    committedPower: 0n,
    revealedPower: 0n,
  };
  net.disputes.set(dispute.id, { dispute, votes: new Map() });
  net.emit('DisputeOpened', { dispute });
  change(net, batch, 'Voting', 'challenge');
};

const disputeOf = (net: Network, batch: NetworkBatch) => {
  const found = [...net.disputes.values()].find(
    ({ dispute }) =>
      dispute.state !== 'Decided' && dispute.jobId === batch.jobId && dispute.batch === batch.index,
  );
  if (found === undefined) throw new Error('nothing is disputed');
  return found;
};

/** The dispute’s next step: it starts, takes a commit or a reveal, or is over. */
export const vote = (net: Network, batch: NetworkBatch): void => {
  const { dispute, votes } = disputeOf(net, batch);
  if (dispute.state === 'Queued') {
    dispute.startedHeight = net.height;
    dispute.commitDeadline = net.height + 20;
    dispute.deadline = net.height + 30;
    dispute.totalPower = POWER * BigInt(validators.length);
    moved(net, dispute, 'Committing', 'started');
    return;
  }
  const voted = [...votes.values()];
  if (dispute.state === 'Committing') {
    const validator = validators[votes.size];
    if (votes.size === validators.length - 1 || validator === undefined) {
      moved(net, dispute, 'Revealing', 'committed');
      return;
    }
    votes.set(validator, { validator, power: POWER, revealed: false, earned: 0n });
    dispute.committedPower += POWER;
    net.emit('VoteCommitted', {
      disputeId: dispute.id,
      validator,
      power: POWER,
      hash: bytes32('vote', dispute.id, validator),
    });
    return;
  }
  const next = voted.find(({ revealed }) => !revealed);
  if (next !== undefined) {
    next.revealed = true;
    dispute.revealedPower += POWER;
    net.emit('VoteRevealed', {
      disputeId: dispute.id,
      validator: next.validator,
      power: POWER,
      leaf: dispute.leaf,
    });
    return;
  }
  decide(net, batch, dispute, voted);
};

const decide = (net: Network, batch: NetworkBatch, dispute: NetworkDispute, voted: NetworkVote[]): void => {
  const against = net.height % 2 === 0;
  const disputeId = dispute.id;
  dispute.verdict = against ? 'AgainstWorker' : 'ForWorker';
  moved(net, dispute, 'Decided', 'revealed');
  for (const one of voted) {
    one.earned += REWARD;
    net.emit('RefereePaid', { disputeId, validator: one.validator, account: 'dmcn1referee', amount: REWARD });
  }
  const absent = validators[voted.length];
  if (absent !== undefined) {
    net.emit('ValidatorAbsent', { disputeId, validator: absent, power: POWER, jailed: against });
  }
  if (!against) {
    batch.settledUnits = [...batch.settledUnits, dispute.leaf.unit];
    net.emit('UnitSettled', { ...idOf(batch), unit: dispute.leaf.unit });
    change(net, batch, 'Challenge', 'verdict');
    return;
  }
  const { worker, lease } = heldBy(net, batch);
  net.emit('ChallengeReturned', { disputeId, challenger: dispute.poster, deposit: dispute.deposit });
  change(net, batch, 'Fraud', 'verdict');
  changeBond(net, worker, 'slash', { bond: -lease.bond, locked: -lease.bond });
  queueAgain(net, batch, 'fraud');
};
