export type { Opener } from './opener-choice.js';
export { WORKER_DEFAULTS, type WorkerOptions } from './options.js';
export type { UnitExecutor, WorkerIdentity, WorkerPorts } from './ports.js';
export { ensureRegistered, FEE_RESERVE, type Registration } from './register.js';
export type { WorkerNotice, WorkerState } from './state.js';
export { InputMissingError } from './task-source.js';
export { type Idleness, leasable, whyIdle } from './why.js';
export { runWorker, type WorkerHooks } from './worker.js';
