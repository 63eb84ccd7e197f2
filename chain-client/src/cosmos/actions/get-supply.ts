import { QuerySupplyOfRequest, QuerySupplyOfResponse } from 'cosmjs-types/cosmos/bank/v1beta1/query';
import type { Udmc } from '../../types/primitives.js';
import { denom } from '../coin.js';
import type { CosmosContext } from '../context.js';
import { amount } from '../convert/scalar.js';
import { query } from '../query.js';

/** All coins that there are. */
export const getSupply = (context: CosmosContext): Promise<Udmc> =>
  query(context, {
    path: 'cosmos.bank.v1beta1.Query/SupplyOf',
    request: QuerySupplyOfRequest,
    response: QuerySupplyOfResponse,
    message: { denom },
    convert: ({ amount: coin }) => amount(coin?.amount ?? ''),
    subject: ['supply of', denom],
  });
