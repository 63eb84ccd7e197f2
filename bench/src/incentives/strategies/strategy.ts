import { MAX_AUDIT_ROUNDS } from '@dmcn/protocol';
import { effectiveProbability, type Terms } from '../closed-form.js';
import type { Rules } from '../rules.js';
import { ALONE, CARTEL, COST, OWNERS, type Setting, scenarioOf, TERMS, VALIDATORS } from '../setting.js';
import { Prices } from '../sim/terms.js';
import type { Behaviour, Party, Scenario } from '../sim/types.js';

/** What one doing earns: a unit of leased work, the same with all audits of its owner, an audit, a vote, or a unit asked for. */
export type Opportunity = 'unit' | 'unit and audits' | 'audit' | 'vote' | 'output';

/** A way to cheat, simulated and on paper. */
export interface Strategy {
  readonly name: string;
  readonly setting: Setting;
  readonly per: Opportunity;
  /** The inequality by which it loses. */
  readonly inequality: string;
  /** n. */
  readonly units: number;
  scenario(rules: Rules, jobs: number, seed: number): Scenario;
  /** What the same people would do instead, where others' profit in the same run is no measure. */
  readonly instead?: Partial<Scenario>;
  /** How many more jobs than others it needs for a figure: rare catches need many, new owners take time. */
  readonly weight: number;
  /** A decision of docs/adr ends it. */
  readonly ended?: string;
  /** It saves its owner work and takes nothing from anybody. */
  readonly harmless?: boolean;
  /** Expected profit for each opportunity, in prices of a unit, and what honesty earns there. */
  paper(rules: Rules): number;
  honest(rules: Rules): number;
}

/** What the inequality speaks of, for a strategy in its setting. */
export function termsOf(rules: Rules, { owners, colludes, byzantine }: Setting, lazy = 0): Terms {
  return {
    ...{ rules, units: TERMS.batchSize, lazy, cost: COST },
    ...{ colluding: colludes ? (owners - 1) / (OWNERS - 1) : 0, byzantine: byzantine / VALIDATORS },
  };
}

const price = Number((TERMS.gasLimit * TERMS.maxPrice) / 10n ** 9n);
export const inPrices = (amount: bigint): number => Number(amount) / price;

export const both = (make: (setting: Setting) => Strategy): Strategy[] => [ALONE, CARTEL].map(make);

/** Two settings in which somebody colludes: a tenth of the owners, or the cartel. */
export const together = (make: (setting: Setting) => Strategy): Strategy[] =>
  [{ ...ALONE, colludes: true }, CARTEL].map(make);

interface Options {
  readonly per?: Opportunity;
  readonly name?: string;
  readonly lazy?: number;
  readonly ended?: string;
  readonly harmless?: boolean;
  readonly weight?: number;
  readonly cheat?: Partial<Party>;
  readonly others?: readonly Party[];
  readonly more?: Partial<Scenario>;
  readonly instead?: Partial<Scenario>;
  readonly honest?: (rules: Rules, terms: Terms) => number;
}

/** A strategy of a party in its setting, whose profit on paper follows from the terms. */
export function strategy(
  setting: Setting,
  behaviour: Behaviour,
  inequality: string,
  paper: (rules: Rules, terms: Terms) => number,
  options: Options = {},
): Strategy {
  const { per = 'unit', name = behaviour.name, lazy = 0, weight = 1, cheat, others = [], more } = options;
  const honest = options.honest ?? ((_, terms) => 1 - terms.cost);
  return {
    ...{ name, setting, per, inequality, weight, units: more?.terms?.batchSize ?? TERMS.batchSize },
    ...(options.ended === undefined ? {} : { ended: options.ended }),
    ...(options.harmless ? { harmless: true } : {}),
    ...(options.instead ? { instead: options.instead } : {}),
    scenario: (rules, jobs, seed) => {
      const scenario = scenarioOf(rules, setting, behaviour, jobs, seed);
      const [first, party] = scenario.parties;
      return { ...scenario, copying: lazy, ...more, parties: [first, { ...party, ...cheat }, ...others] };
    },
    paper: (rules) => paper(rules, termsOf(rules, setting, lazy)),
    honest: (rules) => honest(rules, termsOf(rules, setting, lazy)),
  };
}

/** What is at stake beside the pay, in prices of a unit. */
export function stakes(rules: Rules): {
  readonly challenge: number;
  readonly audit: number;
  /** Of an audit of the first round. */
  readonly fee: number;
  /** The most that is set aside for it. */
  readonly lastFee: number;
  readonly demand: number;
} {
  const prices = new Prices(rules, TERMS);
  return {
    challenge: inPrices(prices.challengeDeposit),
    audit: inPrices(prices.deposit),
    fee: inPrices(prices.auditFee(TERMS.gas, 0, TERMS.maxPrice)),
    lastFee: inPrices(prices.auditFee(TERMS.gas, MAX_AUDIT_ROUNDS - 1, TERMS.maxPrice)),
    demand: inPrices(rules.demandDeposit),
  };
}

/** The bound that the protocol states: what a cheater of whole batches may gain at most, in prices of a unit. */
export const statedMargin = (rules: Rules, setting: Setting): number => {
  const terms = termsOf(rules, setting);
  return (effectiveProbability(terms) * (rules.audit.bondFactor + 1)) / terms.cost;
};
