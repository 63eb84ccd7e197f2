import type { Batch, BatchState } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { dutiesOf, dutyKey } from './duties.js';

const lease = { worker: 'me', ask: 1n, rate: 1n, bond: 1n, bonded: true, drawnHeight: 1, openers: [] };
const batch = (state: BatchState, more: Partial<Batch> = {}): Batch => ({
  jobId: 7n,
  index: 2,
  units: 4,
  epoch: 1,
  state,
  deadline: 100,
  lease,
  demanded: false,
  disputes: [],
  settledUnits: [],
  ...more,
});
const at = { jobId: 7n, batch: 2, epoch: 1 };

describe('dutiesOf', () => {
  test('an offer is accepted before its deadline only', () => {
    expect(dutiesOf([batch('Offered')], 'me', 99, false)).toEqual([{ duty: 'accept', lease: at }]);
    expect(dutiesOf([batch('Offered')], 'me', 100, false)).toEqual([]);
  });

  test('a draining worker accepts nothing but finishes what it holds', () => {
    const held = [batch('Offered'), batch('Leased'), batch('Opening')];
    expect(dutiesOf(held, 'me', 1, true).map(({ duty }) => duty)).toEqual(['work', 'open']);
  });

  test('a lease is worked on whatever the deadline, for the chain decides', () => {
    expect(dutiesOf([batch('Leased')], 'me', 500, false)).toEqual([{ duty: 'work', lease: at }]);
  });

  test('an epoch that was not opened in time is opened late', () => {
    const late = batch('Queued', { lateOpen: 0 });
    expect(dutiesOf([late], 'me', 1, false)).toEqual([{ duty: 'open', lease: { ...at, epoch: 0 } }]);
    expect(dutiesOf([batch('Queued')], 'me', 1, false)).toEqual([]);
  });

  test('a demanded output is posted', () => {
    const demanded = batch('Demanded', { demand: { unit: 9, deposit: 1n, remaining: 3 } });
    expect(dutiesOf([demanded], 'me', 1, false)).toEqual([{ duty: 'post', lease: at, unit: 9 }]);
  });

  test('the input of a unit that an audit disputes is shown, while nobody has', () => {
    const leaf = { unit: 9, status: 0, exitCode: 0, gas: 1n, outputHash: new Uint8Array(32) };
    const disputed = (disputeId?: bigint) =>
      batch('Disputed', { disputes: [{ leaf, ...(disputeId && { disputeId }) }] });
    expect(dutiesOf([disputed()], 'me', 1, false)).toEqual([{ duty: 'input', lease: at, unit: 9 }]);
    expect(dutiesOf([disputed(4n)], 'me', 1, false)).toEqual([]);
  });

  test.each(['Committed', 'Challenge', 'Final', 'Ended'] as const)('nothing is owed in %s', (state) => {
    expect(dutiesOf([batch(state)], 'me', 1, false)).toEqual([]);
  });

  test('batches of others are left alone', () => {
    const other = batch('Leased', { lease: { ...lease, worker: 'somebody' } });
    expect(dutiesOf([other], 'me', 1, false)).toEqual([]);
  });

  test('a key names the duty and the lease', () => {
    expect(dutyKey({ duty: 'open', lease: at })).toBe('open 7/2/1');
  });
});
