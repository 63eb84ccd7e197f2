import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainReader } from '@dmcn/chain-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import { NoIndexError, WrongChainError } from '../errors.js';
import { type Change, put, remove } from '../model/change.js';
import { openStore, type Store } from '../store/store.js';
import { chainOf } from '../testing/chain-of.js';
import { Network, picks, play } from '../testing/index.js';
import { verifyState } from './state.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dbPath = () => join(folder, 'index.db');

const net = play(new Network(), picks(7, 1_500));
const asked: number[] = [];
const client = {
  chainId: net.chainId,
  at: (height: number): ChainReader => {
    asked.push(height);
    return chainOf(net) as ChainReader;
  },
};
const verify = (other: Partial<typeof client> = {}) =>
  verifyState({ client: { ...client, ...other }, dbPath: dbPath(), signal: new AbortController().signal });

/** The index of the network, with some rows as no event leaves them. */
const written = (corrupt: (store: Store) => readonly Change[] = () => []) => {
  const store = openStore(dbPath());
  for (const block of net.blocks) applyBlock(store, block, net.blocks.length);
  const checkpoint = store.checkpoint() ?? expect.fail();
  store.transaction(() => store.write(corrupt(store), checkpoint));
  store.close();
};

test('an index that followed the chain is as the chain answers about its last block', async () => {
  written();
  const { height, compared, differences } = await verify();
  expect(height).toBe(net.blocks.length);
  expect(asked.at(-1)).toBe(height);
  expect(differences).toEqual([]);
  expect(compared.job).toBe(net.jobs.size);
  expect(compared.worker).toBe(net.workers.size);
  for (const what of [
    'batch',
    'lease',
    'lapse',
    'validator',
    'proposal',
    'module',
    'referee',
    'account',
    'supply',
  ]) {
    expect(compared[what], what).toBeGreaterThan(0);
  }
});

const first = <T>(values: Iterable<T>): T => [...values][0] ?? expect.fail();
const worker = first(net.workers.values()).owner;
const batch = first(
  [...net.batches.values()].filter(
    ({ jobId, index, state }) =>
      !['Queued', 'Ended'].includes(state) && index >= (net.jobs.get(jobId)?.prunedBatches ?? 0),
  ),
);
const validator = first(net.validators.keys());
const lapse = first([...net.lapses.values()].filter(({ released }) => !released)).lapse.id;
const moduleId = first([...net.modules.keys()].filter((id) => !net.removedModules.has(id)));
const proposal = first([...net.proposals.values()].filter(({ ended }) => !ended)).proposal.id;
const must = <T>(row: T | undefined): T => row ?? expect.fail('the row is missing');

test.each<[string, (store: Store) => Change, string]>([
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
])('behavior: a wrong row is named: %s', async (_name, corrupt, named) => {
  written((store) => [corrupt(store)]);
  const { differences } = await verify();
  expect(differences.map(({ what, id, field }) => `${what} ${id} ${field}`)).toContain(named);
  for (const { indexed, chain } of differences) expect(indexed).not.toBe(chain);
});

test('error: no index, and another chain', async () => {
  await expect(verify()).rejects.toThrow(NoIndexError);
  written();
  await expect(verify({ chainId: 'other-1' })).rejects.toThrow(WrongChainError);
});
