export type * from './chain-client.js';
export type * from './follower.js';
export type * from './reader.js';
export type * from './signer.js';
export type * from './writer.js';
