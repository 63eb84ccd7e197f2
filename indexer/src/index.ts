export * from './errors.js';
export { type IndexerOptions, type Progress, startIndexer } from './indexer.js';
export type { State } from './model/state.js';
export type { Checkpoint, Key, Rows, TableName } from './model/tables.js';
export type { BlockClient } from './source/source.js';
export type { Digests } from './store/digest.js';
export type { Edge, List, OrderBy, Page, PageRequest } from './store/reader/list.js';
export type * from './store/reader/lists.js';
export { openReader, type Reader } from './store/reader/reader.js';
