import {
  auditDeposit,
  auditFee,
  batchBond,
  batchPayment,
  escrow,
  MAX_AUDIT_ROUNDS,
  type Payment,
} from '@dmcn/protocol';
import { type Rules, samplesOf } from '../rules.js';

/** What a requester asks for, and what a unit of it really takes. */
export interface JobTerms {
  readonly units: number;
  readonly batchSize: number;
  readonly gasLimit: bigint;
  /** Gas that each unit takes when it is executed. */
  readonly gas: bigint;
  /** udmc per 10^9 gas. */
  readonly maxPrice: bigint;
}

/** Amounts (udmc) that follow from a job's terms, each by the formula of the protocol. */
export class Prices {
  readonly samples: number;
  readonly bond: bigint;
  readonly deposit: bigint;
  readonly escrow: bigint;

  constructor(
    readonly rules: Rules,
    readonly terms: JobTerms,
  ) {
    const { units, batchSize, gasLimit, maxPrice } = terms;
    const { auditFloor, audit } = rules;
    this.samples = samplesOf(audit, batchSize);
    this.bond = batchBond({ units: batchSize, gasLimit, maxPrice, factor: audit.bondFactor });
    this.deposit = auditDeposit({ samples: this.samples, gasLimit, maxPrice, auditFloor });
    this.escrow = escrow({
      ...{ units, batchSize, gasLimit, maxPrice, auditFloor, samples: this.samples },
      ...{ royaltyBps: 0, feeBps: rules.feeBps, auditors: audit.auditors },
    });
    this.challengeDeposit = audit.refereeCost > this.deposit ? audit.refereeCost : this.deposit;
  }

  readonly challengeDeposit: bigint;

  /** For a batch whose units claim this gas each. */
  payment(gas: bigint, ask: bigint): Payment {
    const { rules, terms } = this;
    return batchPayment({
      ...{ gasTotal: gas * BigInt(terms.batchSize), ask, royaltyBps: 0, feeBps: rules.feeBps },
    });
  }

  /** For one auditor that verified its samples in a round from 0. */
  auditFee(gas: bigint, round: number, ask: bigint): bigint {
    const { samples, rules, terms } = this;
    return auditFee({
      ...{ round: Math.min(round, MAX_AUDIT_ROUNDS - 1), gas: gas * BigInt(samples), ask },
      ...{ maxPrice: terms.maxPrice, auditFloor: rules.auditFloor },
    });
  }

  /** A batch's price, the most that a challenger who was not drawn gets of a forfeited bond. */
  get batchPrice(): bigint {
    const { batchSize, gasLimit, maxPrice } = this.terms;
    return (BigInt(batchSize) * gasLimit * maxPrice) / 10n ** 9n;
  }
}
