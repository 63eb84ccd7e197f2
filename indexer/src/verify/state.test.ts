import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChainReader, StateUnavailableError } from '@dmcn/chain-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import { ForkedChainError, NoIndexError, WrongChainError } from '../errors.js';
import { openStore } from '../store/store.js';
import { chainOf } from '../testing/chain-of.js';
import { clientOf } from '../testing/client.js';
import { sceneOf } from '../testing/scene.js';
import { verifyState } from './state.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dbPath = () => join(folder, 'index.db');

const { net } = sceneOf(7);
const asked: number[] = [];
const { fetchBlock } = clientOf(net.chainId, net.blocks);
const client = {
  chainId: net.chainId,
  fetchBlock,
  at: (height: number): ChainReader => {
    asked.push(height);
    return chainOf(net) as ChainReader;
  },
};
const verify = (other: Partial<typeof client> = {}) =>
  verifyState({ client: { ...client, ...other }, dbPath: dbPath(), signal: new AbortController().signal });

const written = () => {
  const store = openStore(dbPath());
  for (const block of net.blocks) applyBlock(store, block, net.blocks.length);
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
    'parameters',
    'slash',
    'withheld epoch',
    'selection',
    'audit',
    'dispute',
    'vote',
  ]) {
    expect(compared[what], what).toBeGreaterThan(0);
  }
});

test('error: a node that never comes to the block, and one that has no state of it any more', async () => {
  written();
  const height = net.blocks.length;
  const lacking = (log: string) => ({
    at: () =>
      ({
        ...chainOf(net),
        supply: () => Promise.reject(new StateUnavailableError(height, log)),
      }) as unknown as ChainReader,
  });
  const told: unknown[] = [];
  const behind = verifyState({
    client: { ...client, ...lacking('cannot query with height in the future') },
    dbPath: dbPath(),
    signal: new AbortController().signal,
    onDelay: (reason) => told.push(reason),
    patienceMs: 100,
  });
  await expect(behind).rejects.toThrow(/no state of block \d+ yet .*it may catch up/);
  expect(told).toEqual([expect.any(StateUnavailableError)]);
  await expect(
    verify(lacking(`failed to load state at height 7 (latest height: ${height + 9})`)),
  ).rejects.toThrow(/a node that keeps more states/);
});

test('error: a chain of the same name that was started afresh; a node without the block is believed', async () => {
  written();
  const other = { ...(await fetchBlock(net.blocks.length)), hash: 'AA' };
  const afresh = verify({ fetchBlock: async () => other });
  await expect(afresh).rejects.toThrow(ForkedChainError);
  await expect(afresh).rejects.toThrow(/in the index, but AA on the node's chain/);
  const dropped = { fetchBlock: clientOf(net.chainId, net.blocks, net.blocks.length + 1).fetchBlock };
  expect((await verify(dropped)).differences).toEqual([]);
});

test('error: no index, and another chain', async () => {
  await expect(verify()).rejects.toThrow(NoIndexError);
  written();
  await expect(verify({ chainId: 'other-1' })).rejects.toThrow(WrongChainError);
});
