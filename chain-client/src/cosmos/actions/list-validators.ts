import { sha256 } from '@cosmjs/crypto';
import { PubKey } from 'cosmjs-types/cosmos/crypto/ed25519/keys';
import { QueryValidatorsRequest, QueryValidatorsResponse } from 'cosmjs-types/cosmos/staking/v1beta1/query';
import { BondStatus, type Validator as WireValidator } from 'cosmjs-types/cosmos/staking/v1beta1/staking';
import type { Page, PageRequest } from '../../types/page.js';
import type { Validator } from '../../types/stake.js';
import type { CosmosContext } from '../context.js';
import { consensusName, decimalOfAtto } from '../convert/census.js';
import { amount, named, present } from '../convert/scalar.js';
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
  commission: decimalOfAtto(present(validator.commission?.commissionRates, 'commission').rate),
  consensusAddress: consensusName(addressOf(present(validator.consensusPubkey, 'consensus key').value)),
});

const ADDRESS_BYTES = 20;

/** The consensus address of a key of ed25519. */
const addressOf = (key: Uint8Array): Uint8Array => sha256(PubKey.decode(key).key).slice(0, ADDRESS_BYTES);
