export { unitRequest } from './compute.js';
export { CutOffError } from './drain.js';
export { type Findings, recover } from './journal/recover.js';
export { gasWithin, promisedRate, secondsPerBlock } from './limits.js';
export { readDemand } from './market/demand.js';
export { WORKER_DEFAULTS, type WorkerOptions } from './options.js';
export type { UnitExecutor, WorkerIdentity, WorkerPorts } from './ports.js';
export { ensureRegistered, FEE_RESERVE, type Registration } from './register.js';
export {
  type Clock,
  keepSchedule,
  type PausedBy,
  type PauseNote,
  type Shift,
  shiftAt,
} from './schedule/keep-schedule.js';
export { isTimeZone, parseSchedule, type Schedule, ScheduleError } from './schedule/windows.js';
export type { Held, WorkerNotice, WorkerState } from './state.js';
export { createTaskSource, InputMissingError, type TaskSource } from './task-source.js';
export { leasable } from './why/reasons.js';
export type { IdleRule } from './why/rule.js';
export { type AtHome, readStanding, type Standing } from './why/standing.js';
export { type Idleness, whyIdle } from './why/why-idle.js';
export { runWorker, type WorkerHooks } from './worker.js';
