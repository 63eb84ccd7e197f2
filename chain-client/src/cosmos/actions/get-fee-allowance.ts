import { AllowedMsgAllowance, BasicAllowance } from 'cosmjs-types/cosmos/feegrant/v1beta1/feegrant';
import { QueryAllowanceRequest, QueryAllowanceResponse } from 'cosmjs-types/cosmos/feegrant/v1beta1/query';
import type { Any } from 'cosmjs-types/google/protobuf/any';
import type { FeeAllowance } from '../../types/fee-allowance.js';
import type { Address } from '../../types/primitives.js';
import { denom } from '../coin.js';
import type { CosmosContext } from '../context.js';
import { amount, count, named, present } from '../convert/scalar.js';
import { query } from '../query.js';

/** Who pays for whom. */
export interface GetFeeAllowanceQuery {
  readonly granter: Address;
  readonly grantee: Address;
}

/** What an account may let another one pay in fees. */
export const getFeeAllowance = (
  context: CosmosContext,
  { granter, grantee }: GetFeeAllowanceQuery,
): Promise<FeeAllowance> =>
  query(context, {
    path: 'cosmos.feegrant.v1beta1.Query/Allowance',
    request: QueryAllowanceRequest,
    response: QueryAllowanceResponse,
    message: { granter, grantee },
    convert: ({ allowance }) => toFeeAllowance(present(allowance?.allowance, 'allowance')),
    subject: ['fee allowance', `of ${granter} for ${grantee}`],
  });

function toFeeAllowance({ typeUrl, value }: Any): FeeAllowance {
  if (typeUrl === AllowedMsgAllowance.typeUrl) {
    return toFeeAllowance(present(AllowedMsgAllowance.decode(value).allowance, 'allowance'));
  }
  named(typeUrl === BasicAllowance.typeUrl || undefined, 'kind of allowance');
  const { spendLimit, expiration } = BasicAllowance.decode(value);
  return {
    ...(spendLimit.length > 0 && {
      spendLimit: amount(spendLimit.find((coin) => coin.denom === denom)?.amount ?? ''),
    }),
    ...(expiration && { expiration: new Date(count(expiration.seconds) * 1_000) }),
  };
}
