import type { Dispute } from '@dmcn/chain-client';
import { put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { hex } from './hex.js';
import type { Place, Reducer } from './reducer.js';
import { putValidator } from './validator.js';

type DisputeRow = Rows['disputes'];
type VoteRow = Rows['votes'];

const rowOf = (state: State, dispute: Dispute, at: Place): DisputeRow => {
  const { id, jobId, batch, epoch, leaf } = dispute;
  const before = state.get('disputes', id);
  return {
    id,
    jobId,
    batch,
    epoch,
    unit: leaf.unit,
    worker: before?.worker ?? must(state, 'leases', jobId, batch, epoch).worker,
    status: leaf.status,
    exitCode: leaf.exitCode,
    gas: leaf.gas,
    outputHash: hex(leaf.outputHash),
    cause: dispute.cause,
    state: dispute.state,
    poster: dispute.poster,
    deposit: dispute.deposit,
    inputHash: hex(dispute.inputHash),
    postedHeight: dispute.postedHeight,
    startedHeight: dispute.startedHeight,
    commitDeadline: dispute.commitDeadline,
    deadline: dispute.deadline,
    extended: dispute.extended,
    totalPower: dispute.totalPower,
    committedPower: dispute.committedPower,
    revealedPower: dispute.revealedPower,
    verdict: dispute.verdict ?? null,
    changedHeight: at.height,
    endedHeight: dispute.state === 'Decided' ? (before?.endedHeight ?? at.height) : null,
    returnedHeight: before?.returnedHeight ?? null,
  };
};

export const disputeOpened: Reducer<'DisputeOpened'> = (state, { dispute }, at) => [
  put('disputes', rowOf(state, dispute, at)),
];

export const disputeStateChanged: Reducer<'DisputeStateChanged'> = (state, { dispute }, at) => [
  put('disputes', rowOf(state, dispute, at)),
];

const noVote = {
  hash: null,
  committedHeight: null,
  status: null,
  exitCode: null,
  gas: null,
  outputHash: null,
  revealedHeight: null,
  earned: null,
  absent: false,
  jailed: false,
} as const;

const voteOf = (state: State, disputeId: bigint, validator: string, power: bigint): VoteRow => ({
  ...noVote,
  ...state.get('votes', disputeId, validator),
  disputeId,
  validator,
  power,
});

export const voteCommitted: Reducer<'VoteCommitted'> = (state, vote, at) => {
  const { disputeId, validator, power } = vote;
  const dispute = must(state, 'disputes', disputeId);
  const before = voteOf(state, disputeId, validator, power);
  const counted = before.hash === null ? power : 0n;
  return [
    put('votes', { ...before, hash: hex(vote.hash), committedHeight: at.height }),
    set('disputes', dispute, { committedPower: dispute.committedPower + counted }),
  ];
};

export const voteRevealed: Reducer<'VoteRevealed'> = (state, { disputeId, validator, power, leaf }, at) => {
  const dispute = must(state, 'disputes', disputeId);
  return [
    put('votes', {
      ...voteOf(state, disputeId, validator, power),
      status: leaf.status,
      exitCode: leaf.exitCode,
      gas: leaf.gas,
      outputHash: hex(leaf.outputHash),
      revealedHeight: at.height,
    }),
    set('disputes', dispute, { revealedPower: dispute.revealedPower + power }),
    putValidator(state, validator, ({ votes }) => ({ votes: votes + 1n })),
  ];
};

export const refereePaid: Reducer<'RefereePaid'> = (state, { disputeId, validator, amount }) => {
  const vote = must(state, 'votes', disputeId, validator);
  return [
    set('votes', vote, { earned: (vote.earned ?? 0n) + amount }),
    putValidator(state, validator, ({ earned }) => ({ earned: earned + amount })),
  ];
};

export const challengeReturned: Reducer<'ChallengeReturned'> = (state, { disputeId }, at) => [
  set('disputes', must(state, 'disputes', disputeId), { returnedHeight: at.height }),
];

export const validatorAbsent: Reducer<'ValidatorAbsent'> = (state, absence, at) => {
  const { disputeId, validator, power, jailed } = absence;
  return [
    put('absences', { ...at, disputeId, validator, power, jailed }),
    put('votes', { ...voteOf(state, disputeId, validator, power), absent: true, jailed }),
    putValidator(state, validator, (before) => ({
      absences: before.absences + 1n,
      jailed: before.jailed + (jailed ? 1n : 0n),
    })),
  ];
};

export const refereeRegistered: Reducer<'RefereeRegistered'> = (state, { referee }) => [
  put('referees', { ...referee, encryptionKey: hex(referee.encryptionKey) }),
  putValidator(state, referee.validator, () => ({ referee: referee.account })),
];

export const unitSettled: Reducer<'UnitSettled'> = (_state, { jobId, batch, epoch, unit }, { height }) => [
  put('settledUnits', { jobId, batch, epoch, unit, height }),
];
