import { describe, expect, test } from 'vitest';
import type { Batch } from '../types/batch.js';
import type { Block } from '../types/block.js';
import type { ChainEvent, PlacedEvent } from '../types/events.js';
import { OpenerWatch } from './opener-watch.js';

const lease = { jobId: 3n, batch: 1, epoch: 0 };
const block = (height: number, ...events: ChainEvent[]): Block => ({
  chainId: 'c',
  height,
  hash: '',
  parentHash: '',
  time: new Date(0),
  appHash: '',
  proposer: '',
  txs: [],
  events: events.map((event, eventIndex) => ({ ...event, height, txIndex: null, eventIndex }) as PlacedEvent),
  unknownEvents: 0,
});
const committed = (worker: string, keyRecipients: string[]): ChainEvent => ({
  type: 'BatchCommitted',
  data: {
    ...lease,
    worker,
    keyRecipients,
    commitment: new Uint8Array(32),
    outputsHash: new Uint8Array(32),
    locators: [],
    auditBps: 0,
  },
});
const changed = (
  oldState: 'Committed' | 'Opening' | 'Queued',
  newState: 'Opening' | 'Challenge' | 'Queued' | 'Offered',
) =>
  ({
    type: 'BatchStateChanged',
    data: { ...lease, oldState, newState, cause: 'x', deadline: 9, units: 2, worker: 'w' },
  }) as ChainEvent;

describe('OpenerWatch', () => {
  test('an opener steps in once the worker was silent for as long as its patience', () => {
    const watch = new OpenerWatch('me', 5);
    watch.observe(block(10, committed('w', ['w', 'me'])));
    expect(watch.overdue(100)).toEqual([]);
    watch.observe(block(14, changed('Committed', 'Opening')));
    expect(watch.overdue(18)).toEqual([]);
    expect(watch.overdue(19)).toEqual([lease]);
  });

  test('it stays an opener while the batch can be opened late, and no longer', () => {
    const watch = new OpenerWatch('me', 1);
    watch.observe(block(1, committed('w', ['me'])));
    watch.observe(block(2, changed('Committed', 'Opening')));
    watch.observe(block(3, changed('Opening', 'Queued')));
    expect(watch.overdue(9)).toEqual([lease]);
    watch.observe(block(10, changed('Queued', 'Offered')));
    expect(watch.overdue(99)).toEqual([]);
  });

  test('a batch that was opened is forgotten', () => {
    const watch = new OpenerWatch('me', 1);
    watch.observe(block(1, committed('w', ['me'])));
    watch.observe(block(2, changed('Committed', 'Opening')));
    watch.observe(block(3, changed('Opening', 'Challenge')));
    expect(watch.overdue(99)).toEqual([]);
  });

  test('batches of its own and of openers that it is not are nothing to it', () => {
    const watch = new OpenerWatch('me', 1);
    watch.observe(block(1, committed('me', ['me']), committed('w', ['other'])));
    watch.observe(block(2, changed('Committed', 'Opening')));
    expect(watch.overdue(99)).toEqual([]);
  });

  test('a block concerns a worker that is offered a batch or holds one that changed', () => {
    const watch = new OpenerWatch('w', 1);
    expect(watch.observe(block(1, changed('Committed', 'Opening')))).toBe(true);
    expect(watch.observe(block(2))).toBe(false);
  });

  test('of several openers each one waits for those before it, and the worker itself is none of them', () => {
    const watch = new OpenerWatch('me', 5);
    watch.observe(block(1, committed('w', ['w', 'first', 'me'])));
    watch.observe(block(10, changed('Committed', 'Opening')));
    expect(watch.overdue(19)).toEqual([]);
    expect(watch.overdue(20)).toEqual([lease]);
  });

  test.each([
    ['waits to be opened', { state: 'Opening', epoch: 0 }, [lease]],
    ['may still be opened late', { state: 'Queued', epoch: 1, lateOpen: 0 }, [lease]],
    ['is committed and not due yet', { state: 'Committed', epoch: 0 }, []],
    ['was opened', { state: 'Challenge', epoch: 0 }, []],
    ['is leased again', { state: 'Leased', epoch: 1 }, []],
    ['is not known', undefined, []],
  ])('after a restart it goes on with a batch that %s', (_, batch, overdue) => {
    const watch = new OpenerWatch('me', 5);
    watch.restore({ lease, rank: 0, since: 3 }, batch as Batch | undefined, 10);
    expect(watch.overdue(14)).toEqual([]);
    expect(watch.overdue(15)).toEqual(overdue);
  });
});
