import type { Batch } from '../../types/batch.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { CosmosContext } from '../context.js';
import { toBatch } from '../convert/batch.js';
import { QueryBatchesRequest, QueryBatchesResponse } from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Which batches to list. */
export interface ListBatchesQuery extends PageRequest {
  readonly jobId: bigint;
}

/** Batches of a job that were drawn at least once. */
export const listBatches = (
  context: CosmosContext,
  { jobId, ...page }: ListBatchesQuery,
): Promise<Page<Batch>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Batches',
    request: QueryBatchesRequest,
    response: QueryBatchesResponse,
    message: { jobId, pagination: wirePage(page) },
    convert: ({ batches, pagination }) => toPage(batches, pagination, toBatch),
    subject: ['job', String(jobId)],
  });
