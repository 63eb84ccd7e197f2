import type { Coin } from 'cosmjs-types/cosmos/base/v1beta1/coin';
import type { Udmc } from '../types/primitives.js';

/** The one denomination: 1 DMC = 10^6 udmc. */
export const denom = 'udmc';

/** An amount as the chain writes it. */
export const coin = (amount: Udmc): Coin => ({ denom, amount: String(amount) });

/** An amount as the chain's list of coins; nothing is an empty list. */
export const coins = (amount: Udmc): Coin[] => (amount === 0n ? [] : [coin(amount)]);

/** The udmc among coins. */
export const udmcOf = (list: readonly Coin[]): Udmc =>
  list.filter((each) => each.denom === denom).reduce((sum, each) => sum + BigInt(each.amount), 0n);
