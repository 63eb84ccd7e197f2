import {
  bribeProfit,
  caughtWithRecord,
  cheatProfit,
  framingProfit,
  guessProfit,
  peekingProfit,
  threatPrice,
} from '../closed-form.js';
import { probabilityOf, type Rules, samplesOf } from '../rules.js';
import { ALONE, CARTEL, COST, honestParty, OWNERS, TERMS, VALIDATORS, WORTH } from '../setting.js';
import type { Batch, Party, View } from '../sim/types.js';
import * as play from './behaviours.js';
import { inPrices, type Strategy, stakes, strategy, together } from './strategy.js';

const RECORD: Partial<Party> = { record: 10 };

/** What an audit leaves to whoever executes its samples. */
const auditProfit = (rules: Rules): number => {
  const k = samplesOf(rules.audit, TERMS.batchSize);
  return stakes(rules).fee - k * COST;
};

/** Ways to use auditors. */
const AUDITORS: readonly Strategy[] = [
  ...together((setting) =>
    strategy(setting, play.sleeper, 'p (1-g) (1-f) b n s > n c', (_, terms) => bribeProfit(terms), {
      name: 'bribed auditors',
      ended: '0025',
      cheat: {
        ...RECORD,
        bribe: ({ scenario: { rules } }, { job }) =>
          (job.prices.bond * BigInt(rules.audit.proverBps)) / 10_000n,
      },
    }),
  ),
  ...together((setting) =>
    strategy(
      setting,
      play.sleeper,
      'p (1-g) (1-f) (b (n s - fee) - k c) > n c',
      (rules, terms) => 1 - (caughtWithRecord(terms) * threatPrice(terms, stakes(rules).fee)) / terms.units,
      {
        name: 'threatener: "match, or I do not open"',
        ended: '0027',
        cheat: { ...RECORD, bribe: threatened },
      },
    ),
  ),
  strategy(
    ALONE,
    play.lazyAuditor,
    'r^k fee - (1 - r^k) deposit < fee - k c, r = 1/2 foreseen',
    (rules) =>
      guessProfit(0.5, samplesOf(rules.audit, TERMS.batchSize), stakes(rules).fee, stakes(rules).audit),
    { per: 'audit', more: { foreseeable: 0.5 }, honest: auditProfit },
  ),
  strategy(
    ALONE,
    play.lazyAuditor,
    'a post is bound to its auditor: a copied one differs',
    (rules) => -stakes(rules).audit,
    { name: 'copycat auditor', per: 'audit', honest: auditProfit },
  ),
  strategy(
    CARTEL,
    play.honest,
    'w (deposit + b n s) > k c where a share w of batches is wrong',
    (rules, terms) => peekingProfit(terms, stakes(rules).fee),
    {
      name: 'peeking auditor: its opener tells it the leaves',
      per: 'unit and audits',
      harmless: true,
      cheat: RECORD,
      more: { peeks: true },
      instead: { peeks: false },
      honest: (rules, terms) => peekingProfit({ ...terms, byzantine: 0 }, stakes(rules).fee),
    },
  ),
  strategy(ALONE, play.absentAuditor, '0 < fee - k c', () => 0, { per: 'audit', honest: auditProfit }),
];

/** What refusing is worth more than matching to an auditor whose truth would never be compared (udmc). */
function threatened({ scenario: { rules, cost } }: View, { job: { prices } }: Batch): bigint {
  const fee = prices.auditFee(prices.terms.gasLimit, 0, prices.terms.maxPrice);
  const work = (BigInt(prices.samples) * prices.terms.gas * cost) / 10n ** 9n;
  const more = ((prices.bond - fee) * BigInt(rules.audit.withheldProverBps)) / 10_000n - work;
  return more > 0n ? more : 0n;
}

/** Ways to use challenges, openings and votes. */
const DISPUTES: readonly Strategy[] = [
  strategy(
    ALONE,
    play.stager,
    "at most the batch's price comes back of n s",
    (rules, terms) => -rules.audit.bondFactor + 1 - (terms.cost * (terms.units - 1)) / terms.units,
    { name: 'self-dispute stager', cheat: RECORD },
  ),
  strategy(
    ALONE,
    play.shield,
    'a settled unit protects no other: the deposit is lost on top',
    (rules, terms) => {
      const q = caughtWithRecord(terms);
      return cheatProfit(terms, terms.units - 1, q) - ((1 - q) * stakes(rules).challenge) / terms.units;
    },
    { name: 'shielding challenger', cheat: RECORD },
  ),
  strategy(
    ALONE,
    play.flooder,
    'R - c - D/n < R - c',
    (rules, terms) => 1 - terms.cost - stakes(rules).challenge / terms.units,
    { name: 'challenge flooder' },
  ),
  strategy(
    CARTEL,
    play.honest,
    'f fee < fee: who shows a key pays for the audit',
    (rules, terms) => framingProfit(terms, stakes(rules).fee),
    {
      name: 'framing opener',
      per: 'unit and audits',
      ended: '0028',
      cheat: RECORD,
      more: { showKeys: true },
      instead: { showKeys: false },
      honest: (rules, terms) => framingProfit({ ...terms, byzantine: 0 }, stakes(rules).fee),
    },
  ),
  strategy(ALONE, play.sleeper, '(1-w) D/V < D/V - c, w > c V/D of disputes refute the worker', () => 0, {
    name: 'lazy referee: votes for the worker unseen',
    per: 'vote',
    cheat: RECORD,
    more: { lazyReferees: VALIDATORS / 3 },
    honest: ({ audit }) => inPrices(audit.refereeCost) / ((VALIDATORS * 2) / 3) - COST,
  }),
];

const PEOPLE = { parties: [honestParty(OWNERS)] };

/** What a job as anybody asks for it leaves to its requester a unit. */
const asked = (rules: Rules): number =>
  WORTH - 1 - rules.feeBps / 10_000 - (probabilityOf(rules) * stakes(rules).fee) / TERMS.batchSize;

/** Ways to be a nuisance as a requester. */
const REQUESTERS: readonly Strategy[] = [
  strategy(
    ALONE,
    play.honest,
    '- D/n < 0: whoever posts the output takes the deposit',
    (rules) => asked(rules) - stakes(rules).demand / TERMS.batchSize,
    {
      name: 'griefing requester: demands outputs',
      per: 'output',
      honest: asked,
      more: { ...PEOPLE, griefer: { name: 'demands', demands: true } },
    },
  ),
  strategy(ALONE, play.honest, '0 < W - R: nothing done, nothing had', () => 0, {
    name: 'griefing requester: no inputs',
    per: 'output',
    honest: asked,
    weight: 1 / 4,
    more: { ...PEOPLE, griefer: { name: 'stalls', inputs: 'never', deadline: 14_400 } },
  }),
  strategy(
    ALONE,
    play.honest,
    'p fee saved < p fee of five rounds, paid to the worker',
    (rules) => {
      const { fee, lastFee } = stakes(rules);
      const saved = fee - (rules.audit.unpostedCosts ? lastFee : 0);
      return asked(rules) + (probabilityOf(rules) * saved) / TERMS.batchSize;
    },
    {
      name: 'griefing requester: no inputs for auditors',
      per: 'output',
      ended: '0029',
      honest: asked,
      more: { ...PEOPLE, griefer: { name: 'stalls later', inputs: 'until-commit' } },
    },
  ),
  strategy(ALONE, play.honest, '0 < W - R: work that was begun is paid', () => 0, {
    name: 'griefing requester: a deadline at once',
    per: 'output',
    honest: asked,
    more: { ...PEOPLE, griefer: { name: 'hurries', deadline: 0 } },
  }),
];

export const OTHERS: readonly Strategy[] = [...AUDITORS, ...DISPUTES, ...REQUESTERS];
