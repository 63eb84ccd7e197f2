import type { Batch } from '../../types/batch.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { CosmosContext } from '../context.js';
import { toBatch } from '../convert/batch.js';
import { QueryWithheldBatchesRequest, QueryWithheldBatchesResponse } from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Which withheld epochs to list. */
export interface ListWithheldBatchesQuery extends PageRequest {
  /** Of one job; of all unless given. */
  readonly jobId?: bigint;
}

/** Epochs that were selected for an audit and not opened in time, beside their batches. */
export const listWithheldBatches = (
  context: CosmosContext,
  { jobId = 0n, ...page }: ListWithheldBatchesQuery = {},
): Promise<Page<Batch>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/WithheldBatches',
    request: QueryWithheldBatchesRequest,
    response: QueryWithheldBatchesResponse,
    message: { jobId, pagination: wirePage(page) },
    convert: ({ batches, pagination }) => toPage(batches, pagination, toBatch),
    subject: ['withheld batches', ''],
  });
