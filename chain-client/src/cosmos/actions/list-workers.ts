import type { Page, PageRequest } from '../../types/page.js';
import type { Worker } from '../../types/worker.js';
import type { CosmosContext } from '../context.js';
import { toWorker } from '../convert/worker.js';
import { QueryWorkersRequest, QueryWorkersResponse } from '../gen/dmcn/worker/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Workers in the order of their owners. */
export const listWorkers = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Worker>> =>
  query(context, {
    path: 'dmcn.worker.v1.Query/Workers',
    request: QueryWorkersRequest,
    response: QueryWorkersResponse,
    message: { pagination: wirePage(page) },
    convert: ({ workers, pagination }) => toPage(workers, pagination, toWorker),
    subject: ['workers of', context.chainId],
  });
