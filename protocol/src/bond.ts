import { ceilDiv, checkAmount, checkGas, type Udmc } from './amount.js';
import { checkNumber, U32_MAX } from './bytes.js';

/** A unit's bond as a multiple of its price at the gas limit. */
export const DEFAULT_BOND_FACTOR = 25;

/** What decides the bond of a lease. */
export interface BondTerms {
  /** The batch's real length n_b. */
  readonly units: number;
  /** Gas limit a unit. */
  readonly gasLimit: bigint;
  /** udmc per 10^9 gas. */
  readonly maxPrice: Udmc;
  /** 25 unless governance changed it. */
  readonly factor?: number;
}

/** n*s, what a lease locks, in udmc: `ceil(25*n_b*G*P/10^9)`. Throws NumberRangeError. */
export function batchBond({ units, gasLimit, maxPrice, factor = DEFAULT_BOND_FACTOR }: BondTerms): Udmc {
  const multiple = BigInt(checkNumber(factor, 'bond factor', 0, U32_MAX));
  const length = BigInt(checkNumber(units, 'units', 0, U32_MAX));
  const unit = checkGas(gasLimit, 'gas limit') * checkAmount(maxPrice, 'max price');
  return checkAmount(ceilDiv(multiple * length * unit, 10n ** 9n), 'bond');
}
