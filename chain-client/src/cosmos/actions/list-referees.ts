import type { Referee } from '../../types/dispute.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { CosmosContext } from '../context.js';
import { toReferee } from '../convert/dispute.js';
import { QueryRefereesRequest, QueryRefereesResponse } from '../gen/dmcn/audit/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Referees in the order of their validators. */
export const listReferees = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Referee>> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/Referees',
    request: QueryRefereesRequest,
    response: QueryRefereesResponse,
    message: { pagination: wirePage(page) },
    convert: ({ referees, pagination }) => toPage(referees, pagination, toReferee),
    subject: ['referees', ''],
  });
