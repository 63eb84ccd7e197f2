import type { Udmc } from '@dmcn/chain-client';

/** The requester cannot or will not pay what the job needs. */
export class FundsError extends Error {
  override readonly name = 'FundsError';
  constructor(
    message: string,
    /** What the job may cost in all. */
    readonly total: Udmc,
  ) {
    super(message);
  }
}

/** Kept ready for the fee of accepting one batch, in udmc; at the usual gas price it is about half of this. */
const ACCEPTANCE_FEE = 1_000n;

/** What a job may cost its requester at most, in udmc. */
export interface Cost {
  /** Moved into escrow; what is not spent comes back. */
  readonly escrow: Udmc;
  /** Of the module where it is published with the job; comes back when it is removed. */
  readonly deposit: Udmc;
  /** Fee of the transaction that submits, 0n while it is not known. */
  readonly fee: Udmc;
  readonly batches: number;
}

const totalOf = ({ escrow, deposit, fee, batches }: Cost): Udmc =>
  escrow + deposit + fee + BigInt(batches) * ACCEPTANCE_FEE;

/** @throws FundsError where all that a job may cost is more than its requester allows */
export function refuseAbove(maxTotal: Udmc | undefined, cost: Cost): void {
  const total = totalOf(cost);
  if (maxTotal === undefined || total <= maxTotal) return;
  const { escrow, deposit } = cost;
  const parts = [
    `${escrow} escrow`,
    ...(deposit > 0n ? [`${deposit} deposit of the module`] : []),
    'the rest fees',
  ];
  throw new FundsError(
    `the job may cost ${total} udmc, more than the allowed ${maxTotal}; lower the gas limit or the price, or allow more (${parts.join(', ')})`,
    total,
  );
}

/** @throws FundsError where an account has less than what a submission moves from it */
export function refuseBeyond(balance: Udmc, { escrow, deposit }: Cost, address: string): void {
  if (escrow + deposit < balance) return;
  const needs = deposit > 0n ? `${escrow} udmc, a deposit of ${deposit} for the module` : `${escrow} udmc`;
  throw new FundsError(
    `the job needs ${needs} and a fee, the account has ${balance}; send coins to ${address}, or lower the gas limit or the price`,
    escrow + deposit,
  );
}
