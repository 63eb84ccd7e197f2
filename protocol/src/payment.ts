import { BASIS_POINTS, checkAmount, checkBps, checkGas, type Udmc } from './amount.js';

/** What decides the payment of a final batch. */
export interface PaymentTerms {
  /** The sum of its leaves' gas. */
  readonly gasTotal: bigint;
  /** The worker's ask as fixed at the draw, udmc per 10^9 gas. */
  readonly ask: Udmc;
  readonly royaltyBps: number;
  readonly feeBps: number;
}

/** What a final batch pays, in udmc. Royalty and fee are on top of the pay, never out of it. */
export interface Payment {
  readonly pay: Udmc;
  readonly royalty: Udmc;
  readonly fee: Udmc;
}

/** `pay = floor(gas_total*ask/10^9)` once a batch; royalty and fee `floor(pay*bps/10000)` each. Throws NumberRangeError. */
export function batchPayment({ gasTotal, ask, royaltyBps, feeBps }: PaymentTerms): Payment {
  const pay = (checkGas(gasTotal, 'gas total') * checkAmount(ask, 'ask')) / 10n ** 9n;
  return {
    pay,
    royalty: (pay * checkBps(royaltyBps, 'royalty')) / BigInt(BASIS_POINTS),
    fee: (pay * checkBps(feeBps, 'fee')) / BigInt(BASIS_POINTS),
  };
}
