import { GenericAuthorization } from 'cosmjs-types/cosmos/authz/v1beta1/authz';
import { QueryGrantsRequest, QueryGrantsResponse } from 'cosmjs-types/cosmos/authz/v1beta1/query';
import type { MessageGrant } from '../../types/fee-allowance.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { count } from '../convert/scalar.js';
import { query } from '../query.js';
import { messageTypeOf } from '../tx/messages.js';

/** Who may send in whose name. */
export interface ListMessageGrantsQuery {
  readonly granter: Address;
  readonly grantee: Address;
}

/** The messages that one account may send in another one's name; other kinds of grants are left out. */
export const listMessageGrants = (
  context: CosmosContext,
  { granter, grantee }: ListMessageGrantsQuery,
): Promise<readonly MessageGrant[]> =>
  query(context, {
    path: 'cosmos.authz.v1beta1.Query/Grants',
    request: QueryGrantsRequest,
    response: QueryGrantsResponse,
    message: QueryGrantsRequest.fromPartial({ granter, grantee }),
    convert: ({ grants }) =>
      grants.flatMap(({ authorization, expiration }): MessageGrant[] => {
        if (authorization?.typeUrl !== GenericAuthorization.typeUrl) return [];
        const message = messageTypeOf(GenericAuthorization.decode(authorization.value).msg);
        if (message === undefined) return [];
        return [{ message, ...(expiration && { expiration: new Date(count(expiration.seconds) * 1_000) }) }];
      }),
    subject: ['grants', `of ${granter} for ${grantee}`],
  });
