import {
  QueryDelegationTotalRewardsRequest,
  QueryDelegationTotalRewardsResponse,
} from 'cosmjs-types/cosmos/distribution/v1beta1/query';
import {
  QueryDelegatorDelegationsRequest,
  QueryDelegatorDelegationsResponse,
} from 'cosmjs-types/cosmos/staking/v1beta1/query';
import { everyPage } from '../../types/page.js';
import type { Address, Udmc } from '../../types/primitives.js';
import type { Delegation } from '../../types/stake.js';
import { denom } from '../coin.js';
import type { CosmosContext } from '../context.js';
import { amount } from '../convert/scalar.js';
import { query, toPage, wirePage } from '../query.js';

/** Rewards have 18 decimals. */
const REWARD_UNIT = 10n ** 18n;

/** What an account has staked, with what that has earned. */
export async function getDelegations(context: CosmosContext, delegator: Address): Promise<Delegation[]> {
  const [stakes, rewards] = await Promise.all([stakesOf(context, delegator), rewardsOf(context, delegator)]);
  return stakes.map(({ validator, stake }) => ({ validator, stake, reward: rewards.get(validator) ?? 0n }));
}

const stakesOf = (context: CosmosContext, delegatorAddr: Address) =>
  everyPage((page) =>
    query(context, {
      path: 'cosmos.staking.v1beta1.Query/DelegatorDelegations',
      request: QueryDelegatorDelegationsRequest,
      response: QueryDelegatorDelegationsResponse,
      message: QueryDelegatorDelegationsRequest.fromPartial({ delegatorAddr, pagination: wirePage(page) }),
      convert: ({ delegationResponses, pagination }) =>
        toPage(delegationResponses, pagination, ({ delegation, balance }) => ({
          validator: delegation.validatorAddress,
          stake: amount(balance.amount),
        })),
      subject: ['delegations of', delegatorAddr],
    }),
  );

const rewardsOf = (context: CosmosContext, delegatorAddress: Address): Promise<Map<Address, Udmc>> =>
  query(context, {
    path: 'cosmos.distribution.v1beta1.Query/DelegationTotalRewards',
    request: QueryDelegationTotalRewardsRequest,
    response: QueryDelegationTotalRewardsResponse,
    message: { delegatorAddress },
    convert: ({ rewards }) =>
      new Map(
        rewards.map(({ validatorAddress, reward }) => [
          validatorAddress,
          amount(reward.find((coin) => coin.denom === denom)?.amount ?? '') / REWARD_UNIT,
        ]),
      ),
    subject: ['rewards of', delegatorAddress],
  });
