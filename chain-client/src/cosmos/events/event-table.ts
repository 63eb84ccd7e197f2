import { toLease } from '../convert/batch.js';
import { toBeaconParams, toSeed, toValidatorKey } from '../convert/beacon.js';
import { toJob, toModule, toTaskParams } from '../convert/job.js';
import { amount, count, present } from '../convert/scalar.js';
import { batchStates, jobStates, workerStatuses } from '../convert/states.js';
import { toLapse, toSlash, toWorker, toWorkerParams } from '../convert/worker.js';
import * as beacon from '../gen/dmcn/beacon/v1/events.js';
import * as task from '../gen/dmcn/task/v1/events.js';
import * as worker from '../gen/dmcn/worker/v1/events.js';
import { auditEvents } from './audit-events.js';
import { censusEvents } from './census-events.js';
import { type EventReader, reader, same, toResumed, toSums } from './reader.js';

export type { EventReader } from './reader.js';

/** Every event of this system by its name on the wire. */
export const eventReaders: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  [
    'dmcn.worker.v1.EventWorkerRegistered',
    reader(worker.EventWorkerRegistered, 'WorkerRegistered', (event) => ({
      worker: toWorker(present(event.worker, 'worker')),
      reputation: count(event.reputation),
    })),
  ],
  [
    'dmcn.worker.v1.EventWorkerUpdated',
    reader(worker.EventWorkerUpdated, 'WorkerUpdated', (event) => ({
      worker: toWorker(present(event.worker, 'worker')),
    })),
  ],
  [
    'dmcn.worker.v1.EventWorkerStatusChanged',
    reader(worker.EventWorkerStatusChanged, 'WorkerStatusChanged', (event) => ({
      ...event,
      oldStatus: workerStatuses.get(event.oldStatus),
      newStatus: workerStatuses.get(event.newStatus),
      jailUntil: count(event.jailUntil),
    })),
  ],
  [
    'dmcn.worker.v1.EventBondChanged',
    reader(worker.EventBondChanged, 'BondChanged', (event) => ({
      ...event,
      oldBond: amount(event.oldBond),
      newBond: amount(event.newBond),
      oldLocked: amount(event.oldLocked),
      newLocked: amount(event.newLocked),
      lots: count(event.lots),
    })),
  ],
  ['dmcn.worker.v1.EventLoadChanged', reader(worker.EventLoadChanged, 'LoadChanged', same)],
  [
    'dmcn.worker.v1.EventReputationChanged',
    reader(worker.EventReputationChanged, 'ReputationChanged', (event) => ({
      ...event,
      oldReputation: count(event.oldReputation),
      newReputation: count(event.newReputation),
      batchesFinal: count(event.batchesFinal),
    })),
  ],
  [
    'dmcn.worker.v1.EventLapse',
    reader(worker.EventLapse, 'Lapsed', (event) => ({ lapse: toLapse(present(event.lapse, 'lapse')) })),
  ],
  [
    'dmcn.worker.v1.EventLapseReleased',
    reader(worker.EventLapseReleased, 'LapseReleased', (event) => ({
      lapse: toLapse(present(event.lapse, 'lapse')),
    })),
  ],
  [
    'dmcn.worker.v1.EventLapseDeferred',
    reader(worker.EventLapseDeferred, 'LapseDeferred', (event) => ({
      lapse: toLapse(present(event.lapse, 'lapse')),
      oldReleaseHeight: count(event.oldReleaseHeight),
      error: event.error,
    })),
  ],
  [
    'dmcn.worker.v1.EventStandingChanged',
    reader(worker.EventStandingChanged, 'StandingChanged', (event) => ({
      ...event,
      oldStanding: count(event.oldStanding),
      newStanding: count(event.newStanding),
    })),
  ],
  [
    'dmcn.worker.v1.EventSlashHeld',
    reader(worker.EventSlashHeld, 'SlashHeld', (event) => ({
      slash: toSlash(present(event.slash, 'slash')),
    })),
  ],
  [
    'dmcn.worker.v1.EventSlashReleased',
    reader(worker.EventSlashReleased, 'SlashReleased', (event) => ({
      slash: toSlash(present(event.slash, 'slash')),
      burned: amount(event.burned),
    })),
  ],
  [
    'dmcn.worker.v1.EventSlashReversed',
    reader(worker.EventSlashReversed, 'SlashReversed', (event) => ({
      slash: toSlash(present(event.slash, 'slash')),
    })),
  ],
  [
    'dmcn.worker.v1.EventSlashDeferred',
    reader(worker.EventSlashDeferred, 'SlashDeferred', (event) => ({
      slash: toSlash(present(event.slash, 'slash')),
      oldReleaseHeight: count(event.oldReleaseHeight),
      error: event.error,
    })),
  ],
  ['dmcn.worker.v1.EventPayoutsPaused', reader(worker.EventPayoutsPaused, 'PayoutsPaused', toSums)],
  ['dmcn.worker.v1.EventPayoutsResumed', reader(worker.EventPayoutsResumed, 'PayoutsResumed', toResumed)],
  [
    'dmcn.worker.v1.EventParamsUpdated',
    reader(worker.EventParamsUpdated, 'WorkerParamsUpdated', (event) => ({
      params: toWorkerParams(present(event.params, 'params')),
    })),
  ],

  [
    'dmcn.task.v1.EventModuleStored',
    reader(task.EventModuleStored, 'ModuleStored', (event) => ({
      module: toModule(present(event.module, 'module')),
    })),
  ],
  ['dmcn.task.v1.EventModuleRemoved', reader(task.EventModuleRemoved, 'ModuleRemoved', same)],
  [
    'dmcn.task.v1.EventJobSubmitted',
    reader(task.EventJobSubmitted, 'JobSubmitted', (event) => ({ job: toJob(present(event.job, 'job')) })),
  ],
  [
    'dmcn.task.v1.EventJobStateChanged',
    reader(task.EventJobStateChanged, 'JobStateChanged', (event) => ({
      ...event,
      oldState: jobStates.get(event.oldState),
      newState: jobStates.get(event.newState),
    })),
  ],
  ['dmcn.task.v1.EventInputsConfirmed', reader(task.EventInputsConfirmed, 'InputsConfirmed', same)],
  ['dmcn.task.v1.EventJobCancelled', reader(task.EventJobCancelled, 'JobCancelled', same)],
  ['dmcn.task.v1.EventUndrawnEnded', reader(task.EventUndrawnEnded, 'UndrawnEnded', same)],
  [
    'dmcn.task.v1.EventJobSettled',
    reader(task.EventJobSettled, 'JobSettled', (event) => ({
      jobId: event.jobId,
      state: jobStates.get(event.state),
      funded: amount(event.funded),
      paid: amount(event.paid),
      royalties: amount(event.royalties),
      fees: amount(event.fees),
      audits: amount(event.audits),
      refunded: amount(event.refunded),
    })),
  ],
  [
    'dmcn.task.v1.EventBatchStateChanged',
    reader(task.EventBatchStateChanged, 'BatchStateChanged', (event) => ({
      ...event,
      oldState: batchStates.get(event.oldState),
      newState: batchStates.get(event.newState),
      deadline: count(event.deadline),
    })),
  ],
  [
    'dmcn.task.v1.EventBatchOffered',
    reader(task.EventBatchOffered, 'BatchOffered', (event) => ({
      ...event,
      lease: toLease(present(event.lease, 'lease')),
      deadline: count(event.deadline),
    })),
  ],
  ['dmcn.task.v1.EventBatchCommitted', reader(task.EventBatchCommitted, 'BatchCommitted', same)],
  ['dmcn.task.v1.EventBatchOpened', reader(task.EventBatchOpened, 'BatchOpened', same)],
  [
    'dmcn.task.v1.EventBatchPaid',
    reader(task.EventBatchPaid, 'BatchPaid', (event) => ({
      ...event,
      pay: amount(event.pay),
      royalty: amount(event.royalty),
      fee: amount(event.fee),
      ask: amount(event.ask),
    })),
  ],
  ['dmcn.task.v1.EventInputMissing', reader(task.EventInputMissing, 'InputMissing', same)],
  [
    'dmcn.task.v1.EventOutputDemanded',
    reader(task.EventOutputDemanded, 'OutputDemanded', (event) => ({
      ...event,
      deposit: amount(event.deposit),
    })),
  ],
  [
    'dmcn.task.v1.EventOutputPosted',
    reader(task.EventOutputPosted, 'OutputPosted', (event) => ({ ...event, deposit: amount(event.deposit) })),
  ],
  [
    'dmcn.task.v1.EventDemandReturned',
    reader(task.EventDemandReturned, 'DemandReturned', (event) => ({
      ...event,
      deposit: amount(event.deposit),
    })),
  ],
  ['dmcn.task.v1.EventBatchesPruned', reader(task.EventBatchesPruned, 'BatchesPruned', same)],
  ['dmcn.task.v1.EventPayoutsPaused', reader(task.EventPayoutsPaused, 'PayoutsPaused', toSums)],
  ['dmcn.task.v1.EventPayoutsResumed', reader(task.EventPayoutsResumed, 'PayoutsResumed', toResumed)],
  ['dmcn.task.v1.EventItemFailed', reader(task.EventItemFailed, 'ItemFailed', same)],
  [
    'dmcn.task.v1.EventParamsUpdated',
    reader(task.EventParamsUpdated, 'TaskParamsUpdated', (event) => ({
      params: toTaskParams(present(event.params, 'params')),
    })),
  ],

  [
    'dmcn.task.v1.EventBatchSelected',
    reader(task.EventBatchSelected, 'BatchSelected', (event) => ({
      ...event,
      height: count(event.height),
      earmarked: amount(event.earmarked),
    })),
  ],
  [
    'dmcn.task.v1.EventAuditsReleased',
    reader(task.EventAuditsReleased, 'AuditsReleased', (event) => ({
      ...event,
      released: amount(event.released),
    })),
  ],
  ['dmcn.task.v1.EventUnitSettled', reader(task.EventUnitSettled, 'UnitSettled', same)],
  [
    'dmcn.task.v1.EventWithheldStateChanged',
    reader(task.EventWithheldStateChanged, 'WithheldStateChanged', (event) => ({
      ...event,
      oldState: batchStates.get(event.oldState),
      newState: batchStates.get(event.newState),
      deadline: count(event.deadline),
      bond: amount(event.bond),
    })),
  ],

  ...auditEvents,
  ...censusEvents,

  [
    'dmcn.beacon.v1.EventSeed',
    reader(beacon.EventSeed, 'BeaconSeed', (event) => ({ seed: toSeed(present(event.seed, 'seed')) })),
  ],
  [
    'dmcn.beacon.v1.EventKeyRegistered',
    reader(beacon.EventKeyRegistered, 'BeaconKeyRegistered', (event) => ({
      key: toValidatorKey(present(event.key, 'key')),
    })),
  ],
  [
    'dmcn.beacon.v1.EventParamsUpdated',
    reader(beacon.EventParamsUpdated, 'BeaconParamsUpdated', (event) => ({
      params: toBeaconParams(present(event.params, 'params')),
    })),
  ],
]);
