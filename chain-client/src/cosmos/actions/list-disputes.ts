import type { Dispute } from '../../types/dispute.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { CosmosContext } from '../context.js';
import { toDispute } from '../convert/dispute.js';
import { QueryDisputesRequest, QueryDisputesResponse } from '../gen/dmcn/audit/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Disputes without a verdict, in the order of the queue. */
export const listDisputes = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Dispute>> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/Disputes',
    request: QueryDisputesRequest,
    response: QueryDisputesResponse,
    message: { pagination: wirePage(page) },
    convert: ({ disputes, pagination }) => toPage(disputes, pagination, toDispute),
    subject: ['disputes', ''],
  });
