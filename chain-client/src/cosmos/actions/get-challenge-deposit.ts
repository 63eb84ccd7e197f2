import type { Udmc } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { amount } from '../convert/scalar.js';
import { QueryChallengeDepositRequest, QueryChallengeDepositResponse } from '../gen/dmcn/audit/v1/query.js';
import { query } from '../query.js';

/** The least deposit of a challenge of a unit of a job. */
export const getChallengeDeposit = (context: CosmosContext, jobId: bigint): Promise<Udmc> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/ChallengeDeposit',
    request: QueryChallengeDepositRequest,
    response: QueryChallengeDepositResponse,
    message: { jobId },
    convert: ({ deposit }) => amount(deposit),
    subject: ['job', String(jobId)],
  });
