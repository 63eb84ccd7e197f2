import { BASIS_POINTS, ceilDiv, checkAmount, checkBps, checkGas, type Udmc } from './amount.js';
import { batchCount, type JobShape } from './batch.js';
import { checkNumber, U32_MAX } from './bytes.js';

/** A job's terms as far as they decide its escrow. */
export interface EscrowTerms extends JobShape {
  /** Gas limit a unit. */
  readonly gasLimit: bigint;
  /** udmc per 10^9 gas. */
  readonly maxPrice: Udmc;
  readonly royaltyBps: number;
  readonly feeBps: number;
  /** Auditors a batch, j. */
  readonly auditors: number;
  /** Sampled units a batch, k. */
  readonly samples: number;
  readonly auditFloor: Udmc;
}

/**
 * What a job must be funded with, in udmc:
 * `ceil(N*G*P*(10000+royalty+fee)/10^13) + batches*j*(ceil(1.7*k*G*P/10^9) + audit_floor)`. Throws NumberRangeError.
 */
export function escrow(terms: EscrowTerms): Udmc {
  const batches = BigInt(batchCount(terms));
  const auditors = BigInt(checkNumber(terms.auditors, 'auditors', 0, U32_MAX));
  const samples = BigInt(checkNumber(terms.samples, 'samples', 0, terms.batchSize));
  const unit = checkGas(terms.gasLimit, 'gas limit') * checkAmount(terms.maxPrice, 'max price');
  const bps = BigInt(BASIS_POINTS) + checkBps(terms.royaltyBps, 'royalty') + checkBps(terms.feeBps, 'fee');
  const work = ceilDiv(BigInt(terms.units) * unit * bps, 10n ** 13n);
  const audit = ceilDiv(17n * samples * unit, 10n ** 10n) + checkAmount(terms.auditFloor, 'audit floor');
  return checkAmount(work + batches * auditors * audit, 'escrow');
}
