export * from './base.js';
export * from './broadcast.js';
export * from './endpoint.js';
export * from './input.js';
export * from './keys.js';
export * from './not-found.js';
export * from './rejected.js';
