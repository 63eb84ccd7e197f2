export * from './errors/index.js';
export type * from './port/index.js';
export * from './types/index.js';
