export * from './errors/index.js';
export type * from './port/index.js';
export { eventOf, messageMethods } from './port/message-methods.js';
export * from './types/index.js';
