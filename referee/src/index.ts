export { WrongInputError } from './actions/compute-leaf.js';
export { REFEREE_DEFAULTS, type RefereeOptions } from './options.js';
export type { RefereeIdentity, RefereePorts, UnitExecutor } from './ports.js';
export { type RefereeHooks, runReferee } from './referee.js';
export { ensureRefereeRegistered, type RefereeRegistration } from './register.js';
export type { RefereeNotice, RefereeState } from './state.js';
