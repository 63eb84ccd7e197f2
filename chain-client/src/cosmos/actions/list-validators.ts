import { QueryValidatorsRequest, QueryValidatorsResponse } from 'cosmjs-types/cosmos/staking/v1beta1/query';
import { BondStatus, type Validator as WireValidator } from 'cosmjs-types/cosmos/staking/v1beta1/staking';
import type { Page, PageRequest } from '../../types/page.js';
import type { Validator } from '../../types/stake.js';
import type { CosmosContext } from '../context.js';
import { amount, named } from '../convert/scalar.js';
import { query, toPage, wirePage } from '../query.js';

const statuses = new Map<BondStatus, Validator['status']>([
  [BondStatus.BOND_STATUS_BONDED, 'bonded'],
  [BondStatus.BOND_STATUS_UNBONDING, 'unbonding'],
  [BondStatus.BOND_STATUS_UNBONDED, 'unbonded'],
]);

/** Validators, bonded or not. */
export const listValidators = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Validator>> =>
  query(context, {
    path: 'cosmos.staking.v1beta1.Query/Validators',
    request: QueryValidatorsRequest,
    response: QueryValidatorsResponse,
    message: QueryValidatorsRequest.fromPartial({ pagination: wirePage(page) }),
    convert: ({ validators, pagination }) => toPage(validators, pagination, toValidator),
    subject: ['validators of', context.chainId],
  });

const toValidator = (validator: WireValidator): Validator => ({
  operator: validator.operatorAddress,
  moniker: validator.description.moniker,
  status: named(statuses.get(validator.status), 'validator status'),
  jailed: validator.jailed,
  stake: amount(validator.tokens),
});
