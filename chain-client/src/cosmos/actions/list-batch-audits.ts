import type { Audit } from '../../types/audit.js';
import type { BatchId } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toAudit } from '../convert/audit.js';
import { QueryBatchAuditsRequest, QueryBatchAuditsResponse } from '../gen/dmcn/audit/v1/query.js';
import { query } from '../query.js';

/** Audits of all epochs of a batch whose deposits are not decided yet. */
export const listBatchAudits = (
  context: CosmosContext,
  { jobId, batch }: BatchId,
): Promise<readonly Audit[]> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/BatchAudits',
    request: QueryBatchAuditsRequest,
    response: QueryBatchAuditsResponse,
    message: { jobId, batch },
    convert: ({ audits }) => audits.map(toAudit),
    subject: ['audits of batch', `${jobId}/${batch}`],
  });
