import type { Audit, Batch, BatchState } from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import { heldBy } from './held.js';

const batch = (state: BatchState, more: Partial<Batch> = {}): Batch =>
  ({ jobId: 1n, index: 0, epoch: 2, state, deadline: 9, lease: { worker: 'me' }, ...more }) as Batch;
const lease = { jobId: 1n, batch: 0, epoch: 2 };

test.each<[BatchState, Partial<Batch>, string | undefined]>([
  ['Offered', {}, undefined],
  ['Leased', {}, 'committed'],
  ['Committed', {}, 'opened'],
  ['Opening', {}, 'opened'],
  ['Demanded', {}, 'posted'],
  ['Challenge', {}, undefined],
  ['Queued', {}, undefined],
])('a batch that is %s', (state, more, until) => {
  const held = until === undefined ? [] : [{ lease, until, deadline: 9 }];
  expect(heldBy('me', [batch(state, more)], [], [])).toEqual(held);
  expect(heldBy('other', [batch(state, more)], [], [])).toEqual([]);
});

test('a batch that may be opened late is held as the epoch before', () => {
  const late = batch('Queued', { epoch: 3, lateOpen: 2 });
  expect(heldBy('me', [late], [], [])).toEqual([{ lease, until: 'opened', deadline: 9 }]);
});

test('so are the batches that it may have to open for others', () => {
  const watched = [{ lease, rank: 0, since: 0 }];
  expect(heldBy('me', [], watched, [])).toEqual([{ lease, until: 'opened for its worker' }]);
});

test('so are the audits that wait for its post', () => {
  const audits = [{ ...lease, index: 0, deadline: 9 } as Audit];
  expect(heldBy('me', [], [], audits)).toEqual([{ lease, until: 'audited', deadline: 9 }]);
});
