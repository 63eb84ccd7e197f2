import type { Referee } from '../../types/dispute.js';
import type { CosmosContext } from '../context.js';
import { toReferee } from '../convert/dispute.js';
import { present } from '../convert/scalar.js';
import { QueryRefereeRequest, QueryRefereeResponse } from '../gen/dmcn/audit/v1/query.js';
import { query } from '../query.js';

/** The referee of a validator, which its operator address (`dmcnvaloper1…`) names. */
export const getReferee = (context: CosmosContext, validator: string): Promise<Referee> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/Referee',
    request: QueryRefereeRequest,
    response: QueryRefereeResponse,
    message: { validator },
    convert: ({ referee }) => toReferee(present(referee, 'referee')),
    subject: ['referee of validator', validator],
  });
