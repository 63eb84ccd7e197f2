import { QueryBalanceRequest, QueryBalanceResponse } from 'cosmjs-types/cosmos/bank/v1beta1/query';
import type { Address, Udmc } from '../../types/primitives.js';
import { denom } from '../coin.js';
import type { CosmosContext } from '../context.js';
import { amount } from '../convert/scalar.js';
import { query } from '../query.js';

/** What an account can spend. */
export const getBalance = (context: CosmosContext, address: Address): Promise<Udmc> =>
  query(context, {
    path: 'cosmos.bank.v1beta1.Query/Balance',
    request: QueryBalanceRequest,
    response: QueryBalanceResponse,
    message: { address, denom },
    convert: ({ balance }) => amount(balance?.amount ?? ''),
    subject: ['account', address],
  });
