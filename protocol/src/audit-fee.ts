import { ceilDiv, checkAmount, checkGas, type Udmc } from './amount.js';
import { checkNumber, U32_MAX } from './bytes.js';

/** Rounds in which a batch's auditors are drawn; the fee grows with each. */
export const MAX_AUDIT_ROUNDS = 5;

/** What decides the fee of one auditor. */
export interface AuditFeeTerms {
  /** From 0 to 4. */
  readonly round: number;
  /** Gas of the units that the auditor verified. */
  readonly gas: bigint;
  /** The auditor's own ask, which counts up to `maxPrice`; both udmc per 10^9 gas. */
  readonly ask: Udmc;
  readonly maxPrice: Udmc;
  readonly auditFloor: Udmc;
}

/** What decides the deposit that an auditor locks with its post. */
export interface AuditDepositTerms {
  /** Sampled units, k. */
  readonly samples: number;
  /** Gas limit a unit. */
  readonly gasLimit: bigint;
  readonly maxPrice: Udmc;
  readonly auditFloor: Udmc;
}

/**
 * `floor((1.3 + round/10) * min(ask, max_price) * gas / 10^9) + audit_floor`, in udmc. Rounded down, it never exceeds what
 * the escrow sets aside. Throws NumberRangeError.
 */
export function auditFee({ round, gas, ask, maxPrice, auditFloor }: AuditFeeTerms): Udmc {
  const tenths = BigInt(13 + checkNumber(round, 'audit round', 0, MAX_AUDIT_ROUNDS - 1));
  const price = checkAmount(ask, 'ask') < checkAmount(maxPrice, 'max price') ? ask : maxPrice;
  const fee = (tenths * price * checkGas(gas, 'gas')) / 10n ** 10n;
  return checkAmount(fee + checkAmount(auditFloor, 'audit floor'), 'audit fee');
}

/** `ceil(13*k*G*P/10^9) + 10*audit_floor`, in udmc. Throws NumberRangeError. */
export function auditDeposit({ samples, gasLimit, maxPrice, auditFloor }: AuditDepositTerms): Udmc {
  const sampled = BigInt(checkNumber(samples, 'samples', 0, U32_MAX));
  const unit = checkGas(gasLimit, 'gas limit') * checkAmount(maxPrice, 'max price');
  const deposit = ceilDiv(13n * sampled * unit, 10n ** 9n) + 10n * checkAmount(auditFloor, 'audit floor');
  return checkAmount(deposit, 'audit deposit');
}
