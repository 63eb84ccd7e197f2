export * from './audit.js';
export * from './batch.js';
export * from './chain.js';
export * from './dispute.js';
export * from './job.js';
export * from './market.js';
export * from './validator.js';
export * from './worker.js';
