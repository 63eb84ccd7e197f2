import type { Page, PageRequest } from '../../types/page.js';
import type { Slash } from '../../types/worker.js';
import type { CosmosContext } from '../context.js';
import { toSlash } from '../convert/worker.js';
import { QuerySlashesRequest, QuerySlashesResponse } from '../gen/dmcn/worker/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Amounts that were lost and wait. */
export const listSlashes = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Slash>> =>
  query(context, {
    path: 'dmcn.worker.v1.Query/Slashes',
    request: QuerySlashesRequest,
    response: QuerySlashesResponse,
    message: { owner: '', pagination: wirePage(page) },
    convert: ({ slashes, pagination }) => toPage(slashes, pagination, toSlash),
    subject: ['slashes of', context.chainId],
  });
