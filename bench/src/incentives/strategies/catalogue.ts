import {
  bribeProfit,
  caughtWithRecord,
  cheatProfit,
  effectiveProbability,
  guessProfit,
  honestProfit,
  sleeperProfit,
  type Terms,
} from '../closed-form.js';
import { type Rules, samplesOf } from '../rules.js';
import { ALONE, CARTEL, COST, OWNERS, type Setting, scenarioOf, TERMS, VALIDATORS } from '../setting.js';
import { Prices } from '../sim/terms.js';
import type { Behaviour, Party, Scenario } from '../sim/types.js';
import * as play from './behaviours.js';

/** What one doing earns: a unit of leased work with all that hangs on it, or an audit. */
export type Opportunity = 'unit' | 'audit';

/** A way to cheat, simulated and on paper. */
export interface Strategy {
  readonly name: string;
  readonly setting: Setting;
  readonly per: Opportunity;
  /** The inequality by which it loses. */
  readonly inequality: string;
  scenario(rules: Rules, jobs: number, seed: number): Scenario;
  /** How many more jobs than others it needs for a figure: rare catches need many, new owners take time. */
  readonly weight: number;
  /** It depends on what docs/adr/0024 and 0025 decide. */
  readonly changes: boolean;
  /** Expected profit for each opportunity, in prices of a unit. */
  paper(rules: Rules): number;
}

/** What the inequality speaks of, for a strategy in its setting. */
export function termsOf(rules: Rules, { owners, colludes, byzantine }: Setting, lazy = 0): Terms {
  return {
    ...{ rules, units: TERMS.batchSize, lazy, cost: COST },
    ...{ colluding: colludes ? (owners - 1) / (OWNERS - 1) : 0, byzantine: byzantine / VALIDATORS },
  };
}

const price = Number((TERMS.gasLimit * TERMS.maxPrice) / 10n ** 9n);
const inPrices = (amount: bigint): number => Number(amount) / price;

const both = (make: (setting: Setting) => Strategy): Strategy[] => [ALONE, CARTEL].map(make);

function strategy(
  setting: Setting,
  behaviour: Behaviour,
  inequality: string,
  paper: (rules: Rules, terms: Terms) => number,
  {
    per = 'unit',
    name = behaviour.name,
    lazy = 0,
    changes = false,
    weight = 1,
    cheat = {},
    more = {},
  }: {
    per?: Opportunity;
    name?: string;
    lazy?: number;
    changes?: boolean;
    weight?: number;
    cheat?: Partial<Party>;
    more?: Partial<Scenario>;
  } = {},
): Strategy {
  return {
    ...{ name, setting, per, inequality, changes, weight },
    scenario: (rules, jobs, seed) => {
      const scenario = scenarioOf(rules, setting, behaviour, jobs, seed);
      const [honest, party] = scenario.parties;
      return { ...scenario, copying: lazy, ...more, parties: [honest, { ...party, ...cheat }] };
    },
    paper: (rules) => paper(rules, termsOf(rules, setting, lazy)),
  };
}

/** A newcomer's coin is certain, so its wrong batch meets an honest auditor unless it meets a friend. */
const certain = (terms: Terms): number =>
  ((1 - terms.byzantine) * (1 - terms.colluding)) /
  ((1 - terms.byzantine) * (1 - terms.colluding) + terms.colluding);

/** What is left of that where the coin hits at the first height, and all friends propose before anybody else does. */
const foreseen = (terms: Terms): number =>
  terms.rules.audit.certainChance < 1
    ? certain(terms)
    : (1 - terms.colluding) ** (1 + VALIDATORS * terms.byzantine);

const sleeps = (rules: Rules, terms: Terms): number =>
  sleeperProfit(terms, rules.audit.record, caughtWithRecord(terms));

/** Profit of a worker that starts its wrong batches with a record that cost nothing, over lives of one fraud each. */
const withRecord = (terms: Terms): number => cheatProfit(terms, terms.units, caughtWithRecord(terms));

const deposits = (rules: Rules): { challenge: number; audit: number; fee: number } => {
  const { deposit, challengeDeposit, auditFee } = bindings(rules);
  return { challenge: inPrices(challengeDeposit), audit: inPrices(deposit), fee: inPrices(auditFee) };
};

function bindings(rules: Rules): { deposit: bigint; challengeDeposit: bigint; auditFee: bigint } {
  const prices = new Prices(rules, TERMS);
  return {
    deposit: prices.deposit,
    challengeDeposit: prices.challengeDeposit,
    auditFee: prices.auditFee(TERMS.gas, 0, TERMS.maxPrice),
  };
}

/** Every strategy whose profit is that of a worker or of an auditor. */
export const STRATEGIES: readonly Strategy[] = [
  ...both((setting) =>
    strategy(
      setting,
      play.always,
      'q (s+R) > c, q = 1 for a newcomer but for friends',
      (_, terms) => cheatProfit(terms, terms.units, certain(terms)),
      { weight: 1 / 4 },
    ),
  ),
  strategy(
    CARTEL,
    play.timer,
    'by 0024 the height at which a certain coin hits cannot be foreseen',
    (_, terms) => cheatProfit(terms, terms.units, foreseen(terms)),
    {
      name: 'newcomer that waits for the turns of its friends',
      changes: true,
      more: { terms: { ...TERMS, units: TERMS.batchSize }, spacing: 45 },
    },
  ),
  ...both((setting) => strategy(setting, play.sleeper, 'p (1-g) (1-phi) (s+R) > c', sleeps)),
  ...both((setting) =>
    strategy(
      setting,
      play.sparse(32),
      'p (1-g) (1-phi) k/n n (s+R) > c: k times the whole batch',
      (_, terms) => cheatProfit(terms, 1, caughtWithRecord(terms)),
      { cheat: { record: 10 }, weight: 4 },
    ),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.sparse(4),
      'as above, x of n units',
      (_, terms) => cheatProfit(terms, 8, caughtWithRecord(terms)),
      { cheat: { record: 10 } },
    ),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.sleeper,
      'as the sleeper, with a record for nothing',
      (_, terms) => withRecord(terms),
      {
        name: 'streak farmer with its own jobs',
        cheat: { record: 10 },
      },
    ),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.sleeper,
      'as the streak farmer: the bond of each batch counts, not its owner',
      (_, terms) => withRecord(terms),
      {
        name: 'sybil splitter',
        cheat: { record: 10, bond: 8_000_000n, owners: setting.owners * 25 },
      },
    ),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.withholder,
      'withheld: n s is burned, as much as a fraud costs',
      (_, terms) => withRecord(terms),
      {
        cheat: { record: 10 },
      },
    ),
  ),
  strategy(
    { name: 'alone', owners: 2, colludes: true, byzantine: 10 },
    play.sleeper,
    'p (1-g) (s+R) > c',
    (_, terms) => withRecord(terms),
    { name: 'proposer that withholds', cheat: { record: 10 } },
  ),
  ...both((setting) =>
    strategy(setting, play.leaker, 'phi = f + (1-f) l, l = 1/2', (_, terms) => withRecord(terms), {
      name: 'answer leaker, half of the auditors copy',
      lazy: 0.5,
      cheat: { record: 10 },
    }),
  ),
  ...[{ ...ALONE, colludes: true }, CARTEL].map((setting) =>
    strategy(setting, play.sleeper, 'p (1-g) (1-f) bounty n s > n c', (_, terms) => bribeProfit(terms), {
      name: 'bribed auditors',
      changes: true,
      cheat: {
        record: 10,
        bribe: ({ scenario: { rules } }, { job }) =>
          (job.prices.bond * BigInt(rules.audit.proverBps)) / 10_000n,
      },
    }),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.overclaimer,
      'p (1-g) (1-phi) (s + R) > R - R_used, R_used = R/4',
      (_, terms) => {
        const q = caughtWithRecord(terms);
        return 1 - q - q * terms.rules.audit.bondFactor - terms.cost / 4;
      },
      {
        name: 'gas overclaimer',
        cheat: { record: 10 },
        more: { terms: { ...TERMS, gas: TERMS.gasLimit / 4n } },
      },
    ),
  ),
  strategy(
    ALONE,
    play.stager,
    "at most the batch's price comes back of n s",
    (rules, terms) => -rules.audit.bondFactor + 1 - (terms.cost * (terms.units - 1)) / terms.units,
    { name: 'self-dispute stager', cheat: { record: 10 } },
  ),
  strategy(
    ALONE,
    play.shield,
    'a settled unit protects no other: the deposit is lost on top',
    (rules, terms) => {
      const q = caughtWithRecord(terms);
      return cheatProfit(terms, terms.units - 1, q) - ((1 - q) * deposits(rules).challenge) / terms.units;
    },
    { name: 'shielding challenger', cheat: { record: 10 } },
  ),
  strategy(
    ALONE,
    play.flooder,
    'R - c - D/n < R - c',
    (rules, terms) => honestProfit(terms) - deposits(rules).challenge / terms.units,
    { name: 'challenge flooder', cheat: { record: 10 } },
  ),
  strategy(ALONE, play.squatter, '0 < R - c, and n s stays locked 1200 2^lapses blocks', () => 0, {
    name: 'lease squatter',
  }),
  strategy(ALONE, play.falseReporter, '0 < R - c, and the owner is barred', () => 0, {
    name: 'false "unavailable" reporter',
  }),
  strategy(
    ALONE,
    play.lazyAuditor,
    'r^k fee - (1 - r^k) deposit < fee - k c, r = 1/2 foreseen',
    (rules) =>
      guessProfit(0.5, samplesOf(rules.audit, TERMS.batchSize), deposits(rules).fee, deposits(rules).audit),
    { per: 'audit', more: { foreseeable: 0.5 } },
  ),
  strategy(
    ALONE,
    play.lazyAuditor,
    'a post is bound to its auditor: a copied one differs',
    (rules) => -deposits(rules).audit,
    {
      name: 'copycat auditor',
      per: 'audit',
    },
  ),
  strategy(ALONE, play.absentAuditor, '0 < fee - k c', () => 0, { per: 'audit' }),
];

/** The bound that the protocol states: what a cheater of whole batches may gain at most, in prices of a unit. */
export const statedMargin = (rules: Rules, setting: Setting): number => {
  const terms = termsOf(rules, setting);
  return (effectiveProbability(terms) * (rules.audit.bondFactor + 1)) / terms.cost;
};
