import { type Block, type ChainReader, NotFoundError, type Worker } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { Liveness } from './liveness.js';
import { chooseOpeners } from './opener-choice.js';

const worker = (owner: string, more: Partial<Worker> = {}): Worker =>
  ({
    owner,
    status: 'Active',
    missed: 0,
    availability: 5_000,
    encryptionKey: new Uint8Array(32),
    ...more,
  }) as Worker;

const chainOf = (...workers: Worker[]) =>
  ({
    worker: async (owner: string) => {
      const found = workers.find((each) => each.owner === owner);
      if (!found) throw new NotFoundError('worker', owner);
      return { worker: found, reputation: 1, lapses: [] };
    },
    workers: async () => ({ items: workers }),
  }) as unknown as ChainReader;

const chosen = async (chain: ChainReader, count: number, alive: readonly string[]) =>
  (await chooseOpeners(chain, 'me', count, alive)).map(({ address }) => address).sort();

describe('chooseOpeners', () => {
  test('takes those that were seen alive before others, and never the worker itself', async () => {
    const chain = chainOf(worker('me'), worker('a'), worker('b'), worker('idle', { availability: 10_000 }));
    for (let i = 0; i < 20; i += 1) expect(await chosen(chain, 2, ['me', 'a', 'b'])).toEqual(['a', 'b']);
  });

  test('takes nobody twice, and nobody that left the draw, was set aside or missed an offer', async () => {
    const chain = chainOf(
      worker('paused', { status: 'Paused' }),
      worker('aside', { status: 'SetAside' }),
      worker('misses', { missed: 1 }),
      worker('good'),
    );
    const alive = ['paused', 'aside', 'misses', 'good', 'gone'];
    expect(await chosen(chain, 3, alive)).toEqual(['good']);
  });

  test('fills up with the most available of the others', async () => {
    const others = [worker('low', { availability: 1 }), worker('high', { availability: 9_000 })];
    expect(await chosen(chainOf(worker('a'), ...others), 2, ['a'])).toEqual(['a', 'high']);
  });

  test('is by chance, so that no worker opens for all', async () => {
    const owners = ['a', 'b', 'c', 'd'];
    const chain = chainOf(...owners.map((owner) => worker(owner)));
    const seen = new Set<string>();
    for (let i = 0; i < 100; i += 1) for (const owner of await chosen(chain, 1, owners)) seen.add(owner);
    expect([...seen].sort()).toEqual(owners);
  });

  test('gives fewer where there are not so many', async () => {
    expect(await chosen(chainOf(worker('me')), 2, [])).toEqual([]);
  });
});

describe('Liveness', () => {
  const block = (height: number, ...events: { type: string; data: object }[]): Block =>
    ({ height, events }) as unknown as Block;

  test('knows whose messages were in the blocks since a height', () => {
    const liveness = new Liveness();
    liveness.observe(
      block(
        5,
        { type: 'WorkerRegistered', data: { worker: { owner: 'new' } } },
        { type: 'BatchStateChanged', data: { newState: 'Leased', worker: 'accepts' } },
        { type: 'BatchStateChanged', data: { newState: 'Final', worker: 'nobody' } },
        { type: 'BatchCommitted', data: { worker: 'commits' } },
        { type: 'WorkerStatusChanged', data: { newStatus: 'Active', owner: 'back' } },
      ),
    );
    expect([...liveness.since(5)].sort()).toEqual(['accepts', 'back', 'commits', 'new']);
    expect(liveness.since(6)).toEqual([]);
  });

  test.each([
    ['that lapsed', { type: 'Lapsed', data: { lapse: { owner: 'a' } } }],
    [
      'that missed an offer',
      { type: 'ReputationChanged', data: { owner: 'a', missed: 1, cause: 'missed_offer' } },
    ],
    [
      'that did not open',
      { type: 'ReputationChanged', data: { owner: 'a', missed: 0, cause: 'not_opened' } },
    ],
    ['that left', { type: 'WorkerStatusChanged', data: { owner: 'a', newStatus: 'Paused' } }],
  ])('forgets one %s', (_, event) => {
    const liveness = new Liveness();
    liveness.observe(block(5, { type: 'BatchCommitted', data: { worker: 'a' } }));
    liveness.observe(block(6, event));
    expect(liveness.since(0)).toEqual([]);
  });
});
