export * from './audit.js';
export * from './batch.js';
export * from './chain.js';
export * from './job.js';
export * from './worker.js';
