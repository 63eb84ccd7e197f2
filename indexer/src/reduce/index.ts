import type { Block, EventData, EventType } from '@dmcn/chain-client';
import { ReducerError } from '../errors.js';
import type { Change, RowChange } from '../model/change.js';
import { Overlay, type State } from '../model/state.js';
import {
  auditEnded,
  auditPaid,
  auditStateChanged,
  auditsReleased,
  batchSelected,
  withheldStateChanged,
} from './audit.js';
import { batchStateChanged } from './batch.js';
import { beaconKeyRegistered, beaconSeed } from './beacon.js';
import {
  burned,
  minted,
  proposalChanged,
  proposalEnded,
  proposalVoted,
  supplyStarted,
  validatorChanged,
} from './census.js';
import { block as blockItself, itemFailed, paramsUpdated, payoutsPaused, payoutsResumed } from './chain.js';
import { demandReturned, outputDemanded, outputPosted } from './demand.js';
import {
  challengeReturned,
  disputeOpened,
  disputeStateChanged,
  refereePaid,
  refereeRegistered,
  unitSettled,
  validatorAbsent,
  voteCommitted,
  voteRevealed,
} from './dispute.js';
import {
  batchesPruned,
  inputMissing,
  inputsConfirmed,
  jobCancelled,
  jobSettled,
  jobStateChanged,
  jobSubmitted,
  undrawnEnded,
} from './job.js';
import { batchCommitted, batchOffered, keyShown } from './lease.js';
import { moduleRemoved, moduleStored } from './module.js';
import { batchPaid } from './payment.js';
import type { Place, Reducer } from './reducer.js';
import { slashDeferred, slashHeld, slashReleased, slashReversed } from './slash.js';
import { batchOpened } from './unit.js';
import {
  bondChanged,
  lapseDeferred,
  lapsed,
  lapseReleased,
  loadChanged,
  reputationChanged,
  standingChanged,
  workerRegistered,
  workerStatusChanged,
  workerUpdated,
} from './worker.js';

const reducers: { readonly [T in EventType]: Reducer<T> } = {
  WorkerRegistered: workerRegistered,
  WorkerUpdated: workerUpdated,
  WorkerStatusChanged: workerStatusChanged,
  BondChanged: bondChanged,
  LoadChanged: loadChanged,
  ReputationChanged: reputationChanged,
  Lapsed: lapsed,
  LapseReleased: lapseReleased,
  LapseDeferred: lapseDeferred,
  StandingChanged: standingChanged,
  SlashHeld: slashHeld,
  SlashReleased: slashReleased,
  SlashReversed: slashReversed,
  SlashDeferred: slashDeferred,
  WorkerParamsUpdated: paramsUpdated('worker'),
  ModuleStored: moduleStored,
  ModuleRemoved: moduleRemoved,
  JobSubmitted: jobSubmitted,
  JobStateChanged: jobStateChanged,
  InputsConfirmed: inputsConfirmed,
  JobCancelled: jobCancelled,
  UndrawnEnded: undrawnEnded,
  JobSettled: jobSettled,
  BatchStateChanged: batchStateChanged,
  BatchOffered: batchOffered,
  BatchCommitted: batchCommitted,
  BatchOpened: batchOpened,
  BatchPaid: batchPaid,
  InputMissing: inputMissing,
  OutputDemanded: outputDemanded,
  OutputPosted: outputPosted,
  DemandReturned: demandReturned,
  BatchesPruned: batchesPruned,
  PayoutsPaused: payoutsPaused,
  PayoutsResumed: payoutsResumed,
  ItemFailed: itemFailed,
  TaskParamsUpdated: paramsUpdated('task'),
  BatchSelected: batchSelected,
  AuditsReleased: auditsReleased,
  UnitSettled: unitSettled,
  WithheldStateChanged: withheldStateChanged,
  AuditStateChanged: auditStateChanged,
  AuditPaid: auditPaid,
  AuditEnded: auditEnded,
  KeyShown: keyShown,
  DisputeOpened: disputeOpened,
  DisputeStateChanged: disputeStateChanged,
  VoteCommitted: voteCommitted,
  VoteRevealed: voteRevealed,
  RefereePaid: refereePaid,
  ChallengeReturned: challengeReturned,
  ValidatorAbsent: validatorAbsent,
  RefereeRegistered: refereeRegistered,
  AuditParamsUpdated: paramsUpdated('audit'),
  BeaconSeed: beaconSeed,
  BeaconKeyRegistered: beaconKeyRegistered,
  BeaconParamsUpdated: paramsUpdated('beacon'),
  SupplyStarted: supplyStarted,
  Minted: minted,
  Burned: burned,
  ValidatorChanged: validatorChanged,
  ProposalChanged: proposalChanged,
  ProposalVoted: proposalVoted,
  ProposalEnded: proposalEnded,
};

/** What one event does to the rows. Throws `InconsistentIndexError` and `UnknownValueError`. */
export const reduce = <T extends EventType>(
  state: State,
  event: { readonly type: T; readonly data: EventData[T] },
  at: Place,
): readonly Change[] => {
  const reducer: Reducer<T> = reducers[event.type];
  return reducer(state, event.data, at);
};

/**
 * What blocks that follow each other do to the rows: one change for each row, however many of them change it. Rows of
 * `logTables` go to `log` at once where it is given. Throws `ReducerError` and names the event.
 */
export const reduceBlocks = (
  state: State,
  blocks: Iterable<Block>,
  log?: (change: RowChange) => void,
): readonly RowChange[] => {
  const overlay = new Overlay(state, log);
  for (const block of blocks) {
    overlay.add(blockItself(overlay, block));
    let position = -1;
    for (const event of block.events) {
      position += 1;
      try {
        overlay.add(reduce(overlay, event, { height: block.height, position }));
      } catch (error) {
        throw new ReducerError(event.type, block.height, position, error);
      }
    }
  }
  return overlay.changes();
};

/** What one block does to the rows, as `reduceBlocks`. */
export const reduceBlock = (state: State, block: Block): readonly RowChange[] => reduceBlocks(state, [block]);
