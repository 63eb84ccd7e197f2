import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainReader } from '@dmcn/chain-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyBlocks } from '../apply.js';
import { put, type RowChange, remove } from '../model/change.js';
import { openStore, type Store } from '../store/store.js';
import { chainOf } from '../testing/chain-of.js';
import { clientOf } from '../testing/client.js';
import { sceneOf } from '../testing/scene.js';
import { verifyState } from './state.js';

const { signal } = new AbortController();
const { net, batch, other, slash, dispute } = sceneOf(7);

let folder = '';
const whole = () => join(folder, 'whole.db');
const dbPath = () => join(folder, 'index.db');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-rows-'));
  const store = openStore(whole());
  applyBlocks(store, net.blocks, net.blocks.length);
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const first = <T>(values: Iterable<T>): T => [...values][0] ?? expect.fail();
const worker = first(net.workers.values()).owner;
const validator = first(net.validators.keys());
const lapse = first([...net.lapses.values()].filter(({ released }) => !released)).lapse.id;
const { validator: voter } = first(net.disputes.get(dispute)?.votes.values() ?? []);
const key = [batch.jobId, batch.index, batch.epoch] as const;
const gone = first([...net.validators.keys()].filter((operator) => operator !== validator));
const moduleId = first([...net.modules.keys()].filter((id) => !net.removedModules.has(id)));
const proposal = first([...net.proposals.values()].filter(({ ended }) => !ended)).proposal.id;
const must = <T>(row: T | undefined): T => row ?? expect.fail('the row is missing');

test.each<[string, (store: Store) => RowChange, string]>([
  ['job', (s) => put('jobs', { ...must(s.get('jobs', 1n)), paid: 3n }), 'job 1 paid'],
  ['a job too many', (s) => put('jobs', { ...must(s.get('jobs', 1n)), id: 777n }), 'job 777 '],
  [
    'batch',
    (s) => put('batches', { ...must(s.get('batches', batch.jobId, batch.index)), deadline: 9_999 }),
    `batch ${batch.jobId}/${batch.index} deadline`,
  ],
  [
    'lease',
    (s) => put('leases', { ...must(s.get('leases', batch.jobId, batch.index, batch.epoch)), ask: 1n }),
    `lease ${batch.jobId}/${batch.index}/${batch.epoch} ask`,
  ],
  ['worker', (s) => put('workers', { ...must(s.get('workers', worker)), bond: 1n }), `worker ${worker} bond`],
  [
    'reputation',
    (s) => put('workers', { ...must(s.get('workers', worker)), reputation: 1 }),
    `worker ${worker} reputation`,
  ],
  ['a worker too few', () => remove('workers', worker), `worker ${worker} `],
  ['lapse', (s) => put('lapses', { ...must(s.get('lapses', lapse)), amount: 1n }), `lapse ${lapse} amount`],
  [
    'validator',
    (s) => put('validators', { ...must(s.get('validators', validator)), stake: 5n }),
    `validator ${validator} stake`,
  ],
  ['supply', (s) => put('totals', { ...must(s.get('totals', 1)), supply: 5n }), 'supply udmc supply'],
  ['bonds', (s) => put('totals', { ...must(s.get('totals', 1)), bonded: 5n }), 'account worker_bond owed'],
  ['escrow', (s) => put('totals', { ...must(s.get('totals', 1)), refunded: 0n }), 'account task_escrow owed'],
  [
    'module',
    (s) => put('modules', { ...must(s.get('modules', moduleId)), royaltyBps: 1_999 }),
    `module ${moduleId} royaltyBps`,
  ],
  [
    'proposal',
    (s) => put('proposals', { ...must(s.get('proposals', proposal)), title: 'other' }),
    `proposal ${proposal} title`,
  ],
  [
    'referee',
    (s) => put('referees', { ...must(s.get('referees', first(net.referees.keys()))), account: 'other' }),
    `referee ${first(net.referees.keys())} account`,
  ],
  [
    'a dispute that is over',
    (s) =>
      put('disputes', { ...must(s.get('disputes', first(net.disputes.keys()))), state: 'Queued', id: 99n }),
    'dispute 99 ',
  ],
  [
    'parameters',
    (s) => {
      const row = must(s.get('params', 'worker'));
      return put('params', { ...row, value: row.value.replace('"maxLoad":8', '"maxLoad":7') });
    },
    'parameters x/worker maxLoad',
  ],
  ['slash', (s) => put('slashes', { ...must(s.get('slashes', slash)), amount: 1n }), `slash ${slash} amount`],
  [
    'shares of a slash',
    (s) => put('slashes', { ...must(s.get('slashes', slash)), shares: [] }),
    `slash ${slash} shares`,
  ],
  [
    'a slash that is over',
    (s) => put('slashes', { ...must(s.get('slashes', 1n)), state: 'held' }),
    'slash 1 ',
  ],
  ['a slash too few', () => remove('slashes', slash), `slash ${slash} `],
  [
    'what is held',
    (s) => put('slashes', { ...must(s.get('slashes', slash)), amount: 1n }),
    'account slash_hold owed',
  ],
  [
    'withheld epoch',
    (s) => put('withheld', { ...must(s.get('withheld', ...key)), deadline: 1 }),
    `withheld epoch ${key.join('/')} deadline`,
  ],
  [
    'a withheld epoch that is over',
    (s) => {
      const ended = must(s.get('withheld', other.jobId, other.index, other.epoch));
      return put('withheld', { ...ended, endedHeight: null });
    },
    `withheld epoch ${other.jobId}/${other.index}/${other.epoch} `,
  ],
  ['a withheld epoch too few', () => remove('withheld', ...key), `withheld epoch ${key.join('/')} `],
  [
    'selection',
    (s) => put('selections', { ...must(s.get('selections', ...key)), seedHeight: 1 }),
    `selection ${key.join('/')} seedHeight`,
  ],
  [
    'audit',
    (s) => put('audits', { ...must(s.get('audits', ...key, 0)), differing: [3] }),
    `audit ${key.join('/')}/0 differing`,
  ],
  [
    'vote',
    (s) => put('votes', { ...must(s.get('votes', dispute, voter)), hash: 'ab' }),
    `vote ${dispute}/${voter} hash`,
  ],
  [
    'a validator that is gone',
    (s) => put('validators', { ...must(s.get('validators', gone)), operator: 'dmcnvaloper1z' }),
    'validator dmcnvaloper1z ',
  ],
  ['a validator too few', () => remove('validators', validator), `validator ${validator} `],
  [
    'jailed validator',
    (s) => {
      const row = must(s.get('validators', validator));
      return put('validators', { ...row, isJailed: !row.isJailed });
    },
    `validator ${validator} isJailed`,
  ],
  [
    'tally of a proposal',
    (s) => put('proposals', { ...must(s.get('proposals', proposal)), yes: 9_999n }),
    `proposal ${proposal} yes`,
  ],
  [
    'a proposal too many',
    (s) => put('proposals', { ...must(s.get('proposals', proposal)), id: 99n }),
    'proposal 99 ',
  ],
  ['a proposal too few', () => remove('proposals', proposal), `proposal ${proposal} `],
  ['a lapse that is over', (s) => put('lapses', { ...must(s.get('lapses', lapse)), id: 99n }), 'lapse 99 '],
  [
    'a referee too many',
    (s) => {
      const row = must(s.get('referees', first(net.referees.keys())));
      return put('referees', { ...row, validator: 'dmcnvaloper1z' });
    },
    'referee dmcnvaloper1z ',
  ],
  [
    'an account that pays',
    (s) => {
      const row = must(s.get('payoutPauses', 'task_escrow', net.pausedHeight));
      return put('payoutPauses', { ...row, resumedHeight: 3 });
    },
    'account task_escrow pausedHeight',
  ],
  ['arguments of a job', (s) => put('jobs', { ...must(s.get('jobs', 1n)), args: ['other'] }), 'job 1 args'],
])('behavior: a wrong row is named: %s', async (_name, corrupt, named) => {
  copyFileSync(whole(), dbPath());
  const store = openStore(dbPath());
  const checkpoint = must(store.checkpoint());
  store.transaction(() => store.write([corrupt(store)], checkpoint));
  store.close();
  const { fetchBlock } = clientOf(net.chainId, net.blocks);
  const client = { chainId: net.chainId, at: () => chainOf(net) as ChainReader, fetchBlock };
  const { differences } = await verifyState({ client, dbPath: dbPath(), signal });
  expect(differences.map(({ what, id, field }) => `${what} ${id} ${field}`)).toContain(named);
  for (const { indexed, chain } of differences) expect(indexed).not.toBe(chain);
});
