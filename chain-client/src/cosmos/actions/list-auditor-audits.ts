import type { Audit } from '../../types/audit.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toAudit } from '../convert/audit.js';
import { QueryAuditorAuditsRequest, QueryAuditorAuditsResponse } from '../gen/dmcn/audit/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Whose audits to list. */
export interface ListAuditorAuditsQuery extends PageRequest {
  /** The owner. */
  readonly auditor: Address;
  /** Those that it posted and that are not decided yet, instead of those that wait for its post. */
  readonly posted?: boolean;
}

/** Audits that a worker was drawn for. */
export const listAuditorAudits = (
  context: CosmosContext,
  { auditor, posted = false, ...page }: ListAuditorAuditsQuery,
): Promise<Page<Audit>> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/AuditorAudits',
    request: QueryAuditorAuditsRequest,
    response: QueryAuditorAuditsResponse,
    message: { auditor, posted, pagination: wirePage(page) },
    convert: ({ audits, pagination }) => toPage(audits, pagination, toAudit),
    subject: ['auditor', auditor],
  });
