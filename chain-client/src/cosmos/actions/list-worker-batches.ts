import type { Batch } from '../../types/batch.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toBatch } from '../convert/batch.js';
import { QueryWorkerBatchesRequest, QueryWorkerBatchesResponse } from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Whose batches to list. */
export interface ListWorkerBatchesQuery extends PageRequest {
  /** The owner. */
  readonly worker: Address;
}

/** Batches that a worker holds: offered, leased, or committed and not final. */
export const listWorkerBatches = (
  context: CosmosContext,
  { worker, ...page }: ListWorkerBatchesQuery,
): Promise<Page<Batch>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/WorkerBatches',
    request: QueryWorkerBatchesRequest,
    response: QueryWorkerBatchesResponse,
    message: { worker, pagination: wirePage(page) },
    convert: ({ batches, pagination }) => toPage(batches, pagination, toBatch),
    subject: ['worker', worker],
  });
