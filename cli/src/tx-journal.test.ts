import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTxJournal } from './tx-journal.js';

const tx = {
  hash: 'AB',
  bytes: Uint8Array.of(0, 255, 7),
  expires: new Date('2026-01-02T03:04:05.678Z'),
  since: 9,
  purpose: 'job',
};
const newHome = () => mkdtempSync(join(tmpdir(), 'dmcn-journal-'));

test('another process finds what was kept, and each chain has its own', async () => {
  const home = newHome();
  await createTxJournal(home, 'a-1').keep('job', tx);
  expect(await createTxJournal(home, 'a-1').recall('job')).toEqual(tx);
  expect(await createTxJournal(home, 'b-1').recall('job')).toBeUndefined();
  const [file = ''] = readdirSync(join(home, 'journal'));
  expect(statSync(join(home, 'journal', file)).mode & 0o777).toBe(0o600);
});

test('what is forgotten is gone, and forgetting twice is no error', async () => {
  const journal = createTxJournal(newHome(), 'a-1');
  await journal.keep('job', tx);
  await journal.forget('job');
  await journal.forget('job');
  expect(await journal.recall('job')).toBeUndefined();
});

test('error: a damaged entry is named and never taken for none', async () => {
  const home = newHome();
  await createTxJournal(home, 'a-1').keep('job', tx);
  writeFileSync(join(home, 'journal', 'a-1-job.json'), '{"hash":');
  await expect(createTxJournal(home, 'a-1').recall('job')).rejects.toThrow(/a-1-job\.json cannot be read/);
});
