export { applyBlock } from '../apply.js';
export { openStore, type Store } from '../store/store.js';
export * from './batch-actions.js';
export { clientOf } from './client.js';
export * from './dispute-actions.js';
export * from './job-actions.js';
export * from './network.js';
export { picks, play } from './play.js';
export * from './worker-actions.js';
