export { challengeOf } from './challenge.js';
export { collectJob } from './collect.js';
export type { CollectEvent, Collected, CollectOptions, UnitOutcome } from './collected.js';
export { type Estimate, type EstimateOptions, estimateJob } from './estimate.js';
export { FundsError } from './funds.js';
export {
  InputsError,
  type JobInput,
  MAX_INPUT_BYTES,
  type PreparedInputs,
  prepareInputs,
  splitLines,
} from './inputs.js';
export { createMemoryJournal, type KeptTx, type TxJournal } from './journal.js';
export { HistoryGoneError, type LifetimeOptions } from './lifetime.js';
export { type Manifest, type ManifestUnit, manifestOf, payByUnit } from './manifest.js';
export {
  executeOnce,
  followKept,
  type Once,
  type OnceOptions,
  type OncePorts,
  UnknownFateError,
} from './once.js';
export { OutputsUnreadableError, readOutputs } from './outputs.js';
export { JOB_DEFAULTS, type JobChoices, type JobSurroundings, planJob } from './plan.js';
export type { LocalExecutor, RequesterIdentity, RequesterPorts } from './ports.js';
export { ModuleRefusedError, type Published, type PublishOptions, publishModule } from './publish.js';
export {
  type BatchReceipt,
  type JobReceipt,
  type Place,
  ReceiptError,
  receiptOf,
} from './receipt.js';
export {
  type JobModule,
  type JobRequest,
  type SubmitJobOptions,
  type SubmittedJob,
  submitJob,
  submittedBy,
} from './submit.js';
export { type UploadOptions, uploadInputs } from './upload.js';
export { createUnitRun, type LocalOutcome, sampleUnits, type UnitRun } from './verify.js';
