import type { CommitBody, Job } from '@dmcn/chain-client';
import { Mortal, memoryJournal } from '@dmcn/chain-client/acting/testing';
import type { UnitResult } from '@dmcn/runtime';
import { describe, expect, test } from 'vitest';
import { Market } from '../testing/market.js';
import { BatchNotes } from './batch-notes.js';

const lease = (batch: number) => ({ jobId: 1n, batch, epoch: 0 });
const job = new Market('w', {}).job;
const result: UnitResult = {
  status: 'OUT_OF_GAS',
  statusCode: 3,
  exitCode: 0,
  gas: 7n,
  output: Uint8Array.of(5),
};
const prepared = (bytes: number) => ({
  body: {
    commitment: new Uint8Array(32),
    sealedLeaves: Uint8Array.of(1),
    wrappedKeys: [{ kind: 0 as const, recipient: 'me', data: Uint8Array.of(2) }],
    outputsHash: new Uint8Array(32).fill(3),
    locators: ['http://store'],
  } satisfies CommitBody,
  bundle: new Uint8Array(bytes),
});

const disk = () => new Map<string, Uint8Array>();
const open = (kept: Map<string, Uint8Array>, mostBytes = 1_000_000) =>
  BatchNotes.open(memoryJournal(kept, new Mortal()), mostBytes);

describe('BatchNotes', () => {
  test('gives back after a restart what was kept, and of a finished commit no units any more', async () => {
    const kept = disk();
    const notes = await open(kept);
    await notes.keepResult(lease(0), job, 1, result);
    await notes.keepResult(lease(1), job, 0, result);
    const again = await open(kept);
    expect([...(await again.results(lease(0), job))]).toEqual([[1, result]]);
    await again.keepCommit(lease(0), job, prepared(10));
    const last = await open(kept);
    expect(await last.commit(lease(0), job)).toEqual(prepared(10));
    expect((await last.results(lease(0), job)).size).toBe(0);
    expect([...last.summary()]).toEqual([
      ['1-1-0', { units: 1, committed: false }],
      ['1-0-0', { units: 0, committed: true }],
    ]);
  });

  test('forgets what belongs to leases that are over', async () => {
    const kept = disk();
    const notes = await open(kept);
    for (const batch of [0, 1, 10]) await notes.keepResult(lease(batch), job, 0, result);
    await notes.forgetAllBut([lease(1)]);
    expect([...kept.keys()]).toEqual(['unit.1-1-0.0']);
  });

  test('does not take the results of one job for those of another one of the same number', async () => {
    const kept = disk();
    await (await open(kept)).keepResult(lease(0), job, 0, result);
    await (await open(kept)).keepCommit(lease(1), job, prepared(10));
    const other: Job = { ...job, spec: { ...job.spec, args: ['other'] } };
    const notes = await open(kept);
    expect((await notes.results(lease(0), other)).size).toBe(0);
    expect(await notes.commit(lease(1), other)).toBeUndefined();
  });

  test('drops the oldest finished commits for want of room, and keeps nothing that is too large', async () => {
    const kept = disk();
    const notes = await open(kept, 10_000);
    for (const batch of [0, 1, 2]) await notes.keepCommit(lease(batch), job, prepared(3_000));
    expect([...kept.keys()]).toEqual(['commit.1-1-0', 'commit.1-2-0']);
    await notes.keepCommit(lease(3), job, prepared(20_000));
    expect([...kept.keys()]).toEqual([]);
    await notes.keepResult(lease(3), job, 0, result);
    expect([...kept.keys()]).toEqual(['unit.1-3-0.0']);
  });

  test('has no key in the clear', async () => {
    const kept = disk();
    await (await open(kept)).keepCommit(lease(0), job, prepared(1));
    const text = new TextDecoder().decode(kept.get('commit.1-0-0'));
    expect(text).toContain('wrappedKeys');
    expect(text).not.toMatch(/leafKey|outputKey|privateKey/);
  });
});
