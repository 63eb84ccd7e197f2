import { openReader } from '@dmcn/indexer';
import { type Context, RowBudget } from '../context.js';
import { Heights } from '../heights.js';
import { IndexReader } from '../index-reader.js';

export { schema } from '../schema/index.js';

/** What the schema’s resolvers work with, without limits, for other servers of the same schema. */
export const contextOf = (dbPath: string): Context => ({
  reader: openReader(dbPath),
  rows: new RowBudget(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
  heights: new Heights(new IndexReader(dbPath)),
});
