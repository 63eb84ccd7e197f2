export { check } from './check/check.js';
export { type Finding, formatFinding } from './check/findings.js';
export type { Rule } from './check/rule.js';
export { EXPORTS } from './instrument/injected.js';
export { InvalidModuleError, instrument } from './instrument/instrument.js';
export { INSTRUCTION_COSTS, PRICES } from './profile/costs.js';
export { LIMITS, PAGE_BYTES } from './profile/limits.js';
export { type Frame, frameWords, OPTIMISED_STACK_WORDS, STACK_WORDS } from './profile/stack.js';
export { STATUS_CODES, type Status, type StatusCode } from './profile/status.js';
export { type AbandonReason, UnitAbandonedError, UnitRequestError } from './run/errors.js';
export {
  compileTask,
  type InstrumentedTask,
  instrumentTask,
  type Program,
  prepareTask,
  type Task,
} from './run/prepare-task.js';
export { type RunOptions, runUnit } from './run/run-unit.js';
export type { UnitRequest, UnitResult } from './run/unit.js';
export { memoryPages, validateRequest } from './run/validate-request.js';
export { WASI_CALLS, WASI_MODULE, wasiResults } from './wasi/calls.js';
export { ERRNO } from './wasi/errno.js';
