import type {
  Batch,
  CommitBody,
  Commitment,
  Demand,
  DisputedUnit,
  Lease,
  OpenBody,
  Opening,
  OutputBody,
  Selection,
  WrappedKey,
} from '../../types/batch.js';
import type * as wire from '../gen/dmcn/task/v1/batch.js';
import type { MsgCommit, MsgOpen, MsgPostOutput } from '../gen/dmcn/task/v1/tx.js';
import { amount, count, named, present } from './scalar.js';
import { batchStates } from './states.js';

export function toBatch(batch: wire.Batch): Batch {
  const { lease, commitment, opening, demand, lateOpen, selection } = batch;
  return {
    jobId: batch.jobId,
    index: batch.index,
    units: batch.units,
    epoch: batch.epoch,
    state: named(batchStates.get(batch.state), 'batch state'),
    deadline: count(batch.deadline),
    demanded: batch.demanded,
    disputes: batch.disputes.map(toDisputedUnit),
    settledUnits: batch.settledUnits,
    ...(lease && { lease: toLease(lease) }),
    ...(commitment && { commitment: toCommitment(commitment) }),
    ...(opening && { opening: toOpening(opening) }),
    ...(demand && { demand: toDemand(demand) }),
    ...(lateOpen > 0 && { lateOpen: lateOpen - 1 }),
    ...(selection && { selection: toSelection(selection) }),
  };
}

export const toLease = (lease: wire.Lease): Lease => ({
  worker: lease.worker,
  ask: amount(lease.ask),
  rate: lease.rate,
  bond: amount(lease.bond),
  bonded: lease.bonded,
  drawnHeight: count(lease.drawnHeight),
  openers: lease.openers,
});

const toCommitment = (commitment: wire.Commitment): Commitment => ({
  commitment: commitment.commitment,
  outputsHash: commitment.outputsHash,
  height: count(commitment.height),
  liveTarget: count(commitment.liveTarget),
  auditBps: commitment.auditBps,
  ...(commitment.keyShownHeight > 0n && { keyShownHeight: count(commitment.keyShownHeight) }),
});

const toSelection = (selection: wire.Selection): Selection => ({
  height: count(selection.height),
  auditors: selection.auditors,
  posted: selection.posted,
  round: selection.round,
  matched: selection.matched,
  settled: selection.settled,
});

const toDisputedUnit = ({ leaf, disputeId }: wire.DisputedUnit): DisputedUnit => ({
  leaf: present(leaf, 'leaf'),
  ...(disputeId > 0n && { disputeId }),
});

const toOpening = (opening: wire.Opening): Opening => ({ ...opening, height: count(opening.height) });

const toDemand = (demand: wire.Demand): Demand => ({
  unit: demand.unit,
  deposit: amount(demand.deposit),
  remaining: count(demand.remaining),
});

const keyKinds: readonly (0 | 1)[] = [0, 1];

const toWrappedKey = ({ kind, recipient, data }: wire.WrappedKey): WrappedKey => ({
  kind: named(keyKinds[kind], 'kind of wrapped key'),
  recipient,
  data,
});

export const toCommitBody = (message: MsgCommit): CommitBody => ({
  commitment: message.commitment,
  sealedLeaves: message.sealedLeaves,
  wrappedKeys: message.wrappedKeys.map(toWrappedKey),
  outputsHash: message.outputsHash,
  locators: message.locators,
});

export const toOpenBody = (message: MsgOpen): OpenBody => ({
  key: message.key,
  gasTotal: message.gasTotal,
  leaves: message.leaves,
});

export const toOutputBody = (message: MsgPostOutput): OutputBody => ({
  leaf: present(message.leaf, 'leaf'),
  proof: present(message.proof, 'proof'),
  output: message.output,
});
