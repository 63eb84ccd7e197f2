import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { afterAll, expect, test } from 'vitest';
import { applyBlock } from './apply.js';
import { openStore } from './store/store.js';
import { Network, picks, play } from './testing/index.js';

const KILLS = 12;

const folder = mkdtempSync(join(tmpdir(), 'dmcn-crash-'));
afterAll(() => rmSync(folder, { recursive: true }));
const dbPath = join(folder, 'index.db');
const blocksPath = join(folder, 'blocks');

const child = fileURLToPath(new URL('../dist/testing/crash-child.js', import.meta.url));

/** Starts an indexer and kills it a moment after it wrote so many blocks. */
const indexAndKill = async (count: number): Promise<void> => {
  const process = spawn('node', [child, dbPath, blocksPath], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  for (let i = 0; i < count; i += 1) await lines.next();
  await sleep(Math.random() * 5);
  process.kill('SIGKILL');
  await once(process, 'exit');
};

test('behavior: killed at random points, it ends with the rows of one that was never killed', async () => {
  const { blocks } = play(new Network(), picks(21, 6_000));
  writeFileSync(blocksPath, serialize(blocks));
  const reference = openStore(':memory:');
  for (const block of blocks) applyBlock(reference, block, blocks.length);

  const heights: number[] = [];
  for (let i = 0; i < KILLS; i += 1) {
    await indexAndKill(1 + Math.floor(Math.random() * 3));
    const store = openStore(dbPath);
    heights.push(store.checkpoint()?.height ?? 0);
    expect(store.get('totals', 1)?.blocks).toBe(BigInt(heights.at(-1) ?? 0));
    store.close();
  }
  expect(heights, 'each life goes on where the one before was killed').toEqual(
    [...new Set(heights)].sort((a, b) => a - b),
  );
  expect(heights.at(-1)).toBeLessThan(blocks.length);

  const store = openStore(dbPath);
  for (const block of blocks) applyBlock(store, block, blocks.length);
  expect(store.digests()).toEqual(reference.digests());
  store.close();
}, 120_000);
