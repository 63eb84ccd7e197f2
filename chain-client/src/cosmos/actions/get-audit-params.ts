import type { AuditParams } from '../../types/params.js';
import type { CosmosContext } from '../context.js';
import { toAuditParams } from '../convert/audit.js';
import { present } from '../convert/scalar.js';
import { QueryParamsRequest, QueryParamsResponse } from '../gen/dmcn/audit/v1/query.js';
import { query } from '../query.js';

/** Parameters of audits and disputes. */
export const getAuditParams = (context: CosmosContext): Promise<AuditParams> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/Params',
    request: QueryParamsRequest,
    response: QueryParamsResponse,
    message: {},
    convert: ({ params }) => toAuditParams(present(params, 'params')),
    subject: ['parameters', 'audit'],
  });
