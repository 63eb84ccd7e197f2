import {
  caughtCertainly,
  caughtForeseen,
  caughtTimed,
  caughtWithRecord,
  cheatProfit,
  metFriend,
  sleeperProfit,
  type Terms,
} from '../closed-form.js';
import type { Rules } from '../rules.js';
import { ALONE, BOND, CARTEL, TERMS, VALIDATORS } from '../setting.js';
import type { Party } from '../sim/types.js';
import * as play from './behaviours.js';
import { both, type Strategy, strategy } from './strategy.js';

const RECORD: Partial<Party> = { record: 10 };

const sleeps = (rules: Rules, terms: Terms): number =>
  sleeperProfit(terms, rules.audit.record, caughtWithRecord(terms));

/** Profit of a worker that starts its wrong batches with a record that cost nothing, over lives of one fraud each. */
export const withRecord = (_: Rules, terms: Terms): number =>
  cheatProfit(terms, terms.units, caughtWithRecord(terms));

/** One batch a job, at the pace of a worker that waits for its turn. */
const ONE_BY_ONE = { terms: { ...TERMS, units: TERMS.batchSize }, spacing: 45 };

/** Ways to have wrong leaves paid. */
export const WORKERS: readonly Strategy[] = [
  ...both((setting) =>
    strategy(
      setting,
      play.always,
      'q (s+R) > c, q = 1 for a newcomer but for friends',
      (_, terms) => cheatProfit(terms, terms.units, caughtCertainly(terms)),
      { weight: 1 / 4 },
    ),
  ),
  strategy(
    CARTEL,
    play.timer,
    'the height at which a certain coin hits cannot be foreseen',
    (_, terms) => cheatProfit(terms, terms.units, caughtForeseen(terms, VALIDATORS)),
    {
      name: 'newcomer that waits for the turns of its friends',
      ended: '0024',
      weight: 2,
      cheat: { anew: true },
      more: ONE_BY_ONE,
    },
  ),
  ...both((setting) => strategy(setting, play.sleeper, 'p (1-g) (1-phi) (s+R) > c', sleeps)),
  ...both((setting) =>
    strategy(
      setting,
      play.sparse(32),
      'p (1-g) (1-phi) k/n n (s+R) > c: k times the whole batch',
      (_, terms) => cheatProfit(terms, 1, caughtWithRecord(terms)),
      { cheat: RECORD, weight: 4 },
    ),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.sparse(4),
      'as above, x of n units',
      (_, terms) => cheatProfit(terms, 8, caughtWithRecord(terms)),
      { cheat: RECORD },
    ),
  ),
  ...both((setting) =>
    strategy(setting, play.sleeper, 'as the sleeper, with a record for nothing', withRecord, {
      name: 'streak farmer with its own jobs',
      cheat: RECORD,
    }),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.sleeper,
      'as the streak farmer: the bond of each batch counts, not its owner',
      withRecord,
      { name: 'sybil splitter', cheat: { ...RECORD, bond: BOND / 25n, owners: setting.owners * 25 } },
    ),
  ),
  ...both((setting) =>
    strategy(setting, play.sleeper, 'as the sybil splitter: a lot holds one batch of 8 units', withRecord, {
      name: 'dust sybils',
      cheat: { ...RECORD, bond: BOND / 200n, owners: setting.owners * 200 },
      more: { terms: { ...TERMS, batchSize: 8 } },
    }),
  ),
  ...both((setting) =>
    strategy(setting, play.withholder, 'withheld: n s is lost, as much as a fraud costs', withRecord, {
      cheat: RECORD,
    }),
  ),
  ...both((setting) =>
    strategy(
      setting,
      play.shut,
      '-p s (1 - b f) < R - c, b the part of who posted',
      ({ audit }, terms) => {
        const back = (audit.withheldProverBps / 10_000) * metFriend(terms);
        return -audit.bondFactor * (caughtWithRecord(terms) + metFriend(terms) - back);
      },
      { name: 'withholder that opens nothing', cheat: RECORD },
    ),
  ),
  strategy(
    ALONE,
    play.shut,
    'a commitment names its worker: nobody can open it',
    ({ audit }, terms) => -audit.bondFactor * caughtWithRecord(terms),
    { name: 'copycat of a commitment', cheat: RECORD },
  ),
  strategy(ALONE, play.copycat, 'only refuted or unpaid leaves are known: as the streak farmer', withRecord, {
    name: 'copycat of an earlier epoch',
    weight: 2,
    cheat: RECORD,
    others: [{ name: 'liars', behaviour: play.always, owners: 20, bond: BOND, returns: true }],
  }),
  strategy(
    { name: 'alone', owners: 2, colludes: true, byzantine: 10 },
    play.sleeper,
    'p (1-g) (s+R) > c',
    withRecord,
    { name: 'proposer that withholds', cheat: RECORD },
  ),
  strategy(
    CARTEL,
    play.timer,
    'p (1-g) (1-phi) (s+R) > c with g = 2/5: 40 of the m heights',
    (_, terms) => cheatProfit(terms, terms.units, caughtTimed(terms, VALIDATORS)),
    { name: 'proposer that times and withholds', cheat: RECORD, more: ONE_BY_ONE },
  ),
  ...both((setting) =>
    strategy(setting, play.leaker, 'phi = f + (1-f) l, l = 1/2', withRecord, {
      name: 'answer leaker, half of the auditors copy',
      lazy: 0.5,
      cheat: RECORD,
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
        cheat: RECORD,
        more: { terms: { ...TERMS, gas: TERMS.gasLimit / 4n } },
        honest: (_, terms) => (1 - terms.cost) / 4,
      },
    ),
  ),
  strategy(ALONE, play.squatter, '0 < R - c, and n s stays locked 1200 2^lapses blocks', () => 0, {
    name: 'lease squatter',
  }),
  strategy(ALONE, play.falseReporter, '0 < R - c, and the owner is barred', () => 0, {
    name: 'false "unavailable" reporter',
  }),
];
