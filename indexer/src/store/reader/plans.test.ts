import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { migrationsFolder } from '../migrations.js';
import { withDeadline } from './deadline.js';
import type { List, OrderBy } from './list.js';
import { listsOf } from './lists.js';
import { marketReader } from './market.js';

let executed: string[] = [];
const raw = new BetterSqlite3(':memory:', { verbose: (sql) => executed.push(String(sql)) });
const db = drizzle(raw, { casing: 'snake_case' });
migrate(db, { migrationsFolder });
withDeadline(raw);
const lists = listsOf(db);

/** The filters and orders that the API lets through, for each list. */
const allowed: { [L in keyof typeof lists]: readonly (readonly [readonly object[], readonly string[]])[] } = {
  blocks: [[[{}], ['height']]],
  modules: [[[{}, { author: 'a' }], ['stored']]],
  jobs: [
    [[{ requester: 'r' }, { moduleId: 'm' }, { state: 'Open', requester: 'r' }], ['id']],
    [[{ state: 'Open' }], ['id', 'price']],
    [[{}], ['id', 'price', 'funded']],
  ],
  batches: [
    [[{}, { jobId: 1n }, { state: 'Final' }, { worker: 'w' }, { state: 'Final', worker: 'w' }], ['id']],
  ],
  leases: [[[{}, { jobId: 1n, batch: 0 }, { worker: 'w' }], ['id']]],
  units: [
    [[{}, { jobId: 1n }, { jobId: 1n, from: 0, to: 4 }, { worker: 'w' }, { jobId: 1n, status: 1 }], ['id']],
  ],
  payments: [[[{}, { jobId: 1n }, { worker: 'w' }, { author: 'a' }], ['place']]],
  workers: [
    [
      [{}, { status: 'Active' }],
      ['owner', 'ask', 'reputation', 'earned', 'registered'],
    ],
  ],
  reputationHistory: [[[{ owner: 'o' }], ['place']]],
  bondHistory: [[[{ owner: 'o' }], ['place']]],
  lapses: [[[{ owner: 'o' }], ['id']]],
  audits: [
    [
      [{}, { jobId: 1n }, { jobId: 1n, batch: 0 }, { worker: 'w' }, { auditor: 'a' }, { state: 'Drawn' }],
      ['id'],
    ],
  ],
  disputes: [[[{}, { jobId: 1n }, { worker: 'w' }, { state: 'Queued' }], ['id']]],
  votes: [[[{ disputeId: 1n }, { validator: 'v' }], ['id']]],
  referees: [[[{}], ['validator']]],
  validators: [
    [
      [{}, { status: 'bonded' }],
      ['operator', 'proposed', 'stake'],
    ],
    [[{ consensusAddress: 'AB' }], ['operator']],
  ],
  supplyPeriods: [[[{ size: 'hour' }, { size: 'hour', from: 0, to: 9 }], ['start']]],
  proposals: [[[{}, { status: 'Voting' }], ['id']]],
  proposalVotes: [[[{ proposalId: 1n }, { voter: 'v' }], ['id']]],
  absences: [[[{}, { validator: 'v' }], ['place']]],
  slashes: [[[{}, { owner: 'o' }, { state: 'held' }], ['id']]],
  withheld: [[[{}, { jobId: 1n }, { worker: 'w' }], ['id']]],
  demands: [[[{ jobId: 1n }], ['id']]],
  missingInputs: [[[{ jobId: 1n }], ['place']]],
  requesters: [[[{}], ['first', 'paid', 'jobs']]],
  marketPeriods: [[[{ size: 'hour' }, { size: 'hour', from: 0, to: 9 }], ['start']]],
  earningPeriods: [[[{ owner: 'o', size: 'hour' }], ['start']]],
  seeds: [[[{}], ['height']]],
  validatorKeys: [[[{}, { operator: 'o' }], ['id']]],
  failures: [[[{}], ['place']]],
  payoutPauses: [[[{}], ['place']]],
};

const shapes = Object.entries(allowed).flatMap(([list, groups]) =>
  groups.flatMap(([filters, orders]) =>
    filters.flatMap((filter) => orders.map((order) => ({ list, filter, order }))),
  ),
);

const planOf = (sql: string): string =>
  raw
    .prepare(`explain query plan ${sql}`)
    .all()
    .map((row) => (row as { detail: string }).detail)
    .join('\n');

const plansOf = (run: () => unknown): string[] => {
  executed = [];
  run();
  return executed.map(planOf);
};

test.each(shapes)(
  '$list by $filter in the order of $order: an index gives the page',
  ({ list, filter, order }) => {
    const pages = lists[list as keyof typeof lists] as unknown as List<unknown, object, string>;
    for (const descending of [false, true]) {
      const orderBy: OrderBy<string> = { field: order, descending };
      const [plan = ''] = plansOf(() => pages.page(filter, orderBy, { size: 10 }));
      expect(plan).not.toMatch(/TEMP B-TREE/);
      if (Object.keys(filter).length > 0) expect(plan).toMatch(/^SEARCH/);
      else expect(plan).toMatch(/USING (COVERING )?INDEX|^SCAN \w+$/);
    }
  },
);

test('candidates, asks and demand are looked for by index', () => {
  const market = marketReader(raw);
  const needs = { gasLimit: 1n, memoryLimit: 1n, features: [], maxPrice: 9n, bond: 0n };
  for (const run of [
    () => market.askLevels(5),
    () => market.demandLevels(5),
    () => market.candidates(needs, 5),
  ]) {
    for (const plan of plansOf(run)) {
      expect(plan).toMatch(/^SEARCH (workers|jobs) USING INDEX/);
      expect(plan).not.toMatch(/SCAN (workers|jobs)\b/);
    }
  }
});
