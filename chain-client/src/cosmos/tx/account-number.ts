import { BaseAccount } from 'cosmjs-types/cosmos/auth/v1beta1/auth';
import { QueryAccountRequest, QueryAccountResponse } from 'cosmjs-types/cosmos/auth/v1beta1/query';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { present } from '../convert/scalar.js';
import { query } from '../query.js';

/** The chain's number of an account, which its signatures name. `NotFoundError` before it first received anything. */
export function accountNumber(context: CosmosContext, address: Address): Promise<bigint> {
  return query(context, {
    path: 'cosmos.auth.v1beta1.Query/Account',
    request: QueryAccountRequest,
    response: QueryAccountResponse,
    message: { address },
    convert: ({ account }) => BaseAccount.decode(present(account, 'account').value).accountNumber,
    subject: ['account', address],
  });
}
