import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import { CorruptIndexError, IndexInUseError, IndexPathError, IndexStorageError } from '../errors.js';
import { Network, picks, play } from '../testing/index.js';
import { openReader } from './reader/reader.js';
import { openStore } from './store.js';

const { blocks } = play(new Network(), picks(8, 700));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-database-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name = 'index.db') => join(folder, name);

const write = (file: string) => {
  const store = openStore(file);
  for (const block of blocks) applyBlock(store, block, blocks.length);
  store.close();
};

test('error: a second writer, until the first one is closed; readers do not mind', () => {
  const first = openStore(path());
  expect(() => openStore(path())).toThrow(IndexInUseError);
  expect(() => openStore(path())).toThrow(/stop it, or choose another database file/);
  openReader(path()).close();
  first.close();
  openStore(path()).close();
});

test('error: a file that is no database', () => {
  writeFileSync(path(), 'rubbish '.repeat(1_000));
  expect(() => openStore(path())).toThrow(CorruptIndexError);
  expect(() => openReader(path())).toThrow(/is damaged; delete it/);
});

test('error: a database that lost its end, or has a page overwritten', () => {
  write(path());
  const { length } = readFileSync(path());
  copyFileSync(path(), path('short.db'));
  truncateSync(path('short.db'), length / 2);
  const overwritten = readFileSync(path());
  overwritten.fill(0xa5, 4_096, length);
  writeFileSync(path('overwritten.db'), overwritten);
  for (const name of ['short.db', 'overwritten.db']) {
    const read = () => {
      const store = openStore(path(name));
      try {
        store.digests();
      } finally {
        store.close();
      }
    };
    expect(read, name).toThrow(CorruptIndexError);
  }
});

test('error: a directory that does not exist, and a directory in the place of the file', () => {
  expect(() => openStore(path('nowhere/index.db'))).toThrow(IndexPathError);
  expect(() => openStore(folder)).toThrow(/choose a file in a directory that exists/);
});

test('behavior: a disk that takes no more ends the writer, and what it wrote is whole', () => {
  const program = fileURLToPath(new URL('../../dist/testing/write-until-full.js', import.meta.url));
  const script = 'ulimit -f 2400 && exec "$0" "$@"';
  const ended = spawnSync('sh', ['-c', script, process.execPath, program, path()], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  const told = JSON.parse(ended.stdout) as { readonly error: string; readonly height: number };
  expect(told.error).toMatch(/cannot be read or written; see that its disk is well and has room/);
  expect(told.height).toBeGreaterThan(0);
  expect(told.height).toBeLessThan(blocks.length);

  const store = openStore(path());
  expect(store.checkpoint()?.height).toBe(told.height);
  for (const block of blocks.slice(told.height)) applyBlock(store, block, blocks.length);
  write(path('rebuilt.db'));
  const rebuilt = openReader(path('rebuilt.db'));
  expect(store.digests()).toEqual(rebuilt.digests());
  rebuilt.close();
  store.close();
  expect(new IndexStorageError(path(), undefined).message).toBe(told.error);
});
