import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import { OutdatedIndexError } from '../errors.js';
import { keyColumns, type TableName, tableNames } from '../model/tables.js';
import { Network, picks, play } from '../testing/index.js';
import { migrationsFolder } from './migrations.js';
import { fromSortable, toSortable } from './schema/columns.js';
import * as schema from './schema/index.js';
import { openStore } from './store.js';

const { blocks } = play(new Network(), picks(5, 800));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = () => join(folder, 'index.db');

const whole = () => {
  const store = openStore(':memory:');
  for (const block of blocks) applyBlock(store, block, blocks.length);
  return store.digests();
};

test('default: what was written is there after the store is opened again, block by block', () => {
  for (const block of blocks) {
    const store = openStore(path());
    expect(store.checkpoint()?.height ?? 0).toBe(block.height - 1);
    applyBlock(store, block, blocks.length);
    store.close();
  }
  const store = openStore(path());
  expect(store.digests()).toEqual(whole());
  store.close();
});

test('behavior: a digest tells when one row differs', () => {
  const store = openStore(path());
  for (const block of blocks) applyBlock(store, block, blocks.length);
  const before = store.digests();
  store.close();
  const raw = new BetterSqlite3(path());
  raw.exec('update jobs set cancelled = 1 - cancelled where id = 1');
  raw.close();
  const again = openStore(path());
  const after = again.digests();
  again.close();
  expect(tableNames.filter((table) => after[table] !== before[table])).toEqual(['jobs']);
});

test('error: a file of a later schema or of other reducers', () => {
  const store = openStore(path());
  applyBlock(store, blocks[0] ?? expect.fail(), 1);
  store.close();
  const raw = new BetterSqlite3(path());
  raw.exec('update checkpoint set revision = 999');
  expect(() => openStore(path())).toThrow(OutdatedIndexError);
  raw.pragma('user_version = 999');
  raw.close();
  expect(() => openStore(path())).toThrow(/schema 999/);
});

test('error: rows of an older revision are named before a migration meets them', () => {
  const first = readdirSync(migrationsFolder).sort()[0] ?? '';
  const raw = new BetterSqlite3(path());
  raw.exec(readFileSync(join(migrationsFolder, first), 'utf8'));
  raw.exec(`insert into checkpoint values (1, 1, 'chain', 1, 'hash', 'app hash', 0, 1)`);
  raw.pragma('user_version = 1');
  raw.close();
  expect(() => openStore(path())).toThrow(/revision 1/);
});

describe('the schema', () => {
  const tables: Readonly<Record<TableName, SQLiteTable>> = schema;
  test.each(tableNames)('%s is named by its primary key', (name) => {
    const { columns, primaryKeys } = getTableConfig(tables[name]);
    const single = columns.filter((column) => column.primary).map((column) => column.name);
    const composite = primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    expect([...single, ...composite]).toEqual(keyColumns[name]);
  });

  test('the committed migrations lead to it', async () => {
    const file = readdirSync(join(migrationsFolder, 'meta'))
      .filter((name) => name.endsWith('_snapshot.json'))
      .sort()
      .at(-1);
    const committed = JSON.parse(readFileSync(join(migrationsFolder, 'meta', file ?? ''), 'utf8'));
    const current = await generateSQLiteDrizzleJson(schema, committed.id, 'snake_case');
    const missing = await generateSQLiteMigration(committed, current);
    expect(missing, 'run `npm run generate -w @dmcn/indexer` and commit what it writes').toEqual([]);
  });
});

test('property: sortable text sorts as the numbers do', () => {
  const numbers = [0n, 9n, 10n, 99n, 100n, 2n ** 63n, 2n ** 64n - 1n, 10n ** 40n];
  const texts = numbers.map(toSortable);
  expect([...texts].sort()).toEqual(texts);
  expect(texts.map(fromSortable)).toEqual(numbers);
});
