import { createHash } from 'node:crypto';
import { openReader } from '@dmcn/indexer';
import type { Postgres } from './postgres.js';

/** What is compared of each table that both indexers have. */
const tables = {
  blocks: ['height', 'hash', 'parentHash', 'appHash', 'time', 'proposer', 'txs', 'events'],
  workers: [
    'owner',
    'operator',
    'encryptionKey',
    'ask',
    'rate',
    'memory',
    'features',
    'modules',
    'maxGasLimit',
    'status',
    'bond',
    'locked',
    'lots',
    'availability',
    'reputation',
    'batchesFinal',
    'load',
    'missed',
    'registeredHeight',
  ],
  bondHistory: [
    'height',
    'position',
    'owner',
    'cause',
    'oldBond',
    'newBond',
    'oldLocked',
    'newLocked',
    'lots',
  ],
  reputationHistory: [
    'height',
    'position',
    'owner',
    'cause',
    'oldAvailability',
    'newAvailability',
    'oldReputation',
    'newReputation',
    'batchesFinal',
    'missed',
    'jobId',
    'batch',
    'epoch',
  ],
  totals: ['blocks', 'events', 'workers', 'activeWorkers', 'lots', 'bonded', 'locked'],
} as const;

type Table = keyof typeof tables;

/** Rows and their digest, of each table. */
export type Rows = Readonly<Record<string, string>>;

const text = (value: unknown): string | null => {
  if (value == null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const digestOf = (rows: readonly (readonly unknown[])[]): string => {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${JSON.stringify(row.map(text))}\n`);
  return `${rows.length} rows, ${hash.digest('hex')}`;
};

const ALL = { size: 1_000_000_000 };

/** Of an index of ours. */
export const rowsOfIndex = (dbPath: string): Rows => {
  const reader = openReader(dbPath);
  const place = { field: 'place' } as const;
  const found: Readonly<Record<Table, readonly object[]>> = {
    blocks: reader.blocks.page({}, { field: 'height' }, ALL).edges.map(({ node }) => node),
    workers: reader.workers.page({}, { field: 'owner' }, ALL).edges.map(({ node }) => node),
    bondHistory: reader.bondHistory.page({}, place, ALL).edges.map(({ node }) => node),
    reputationHistory: reader.reputationHistory.page({}, place, ALL).edges.map(({ node }) => node),
    totals: [reader.get('totals', 1) ?? {}],
  };
  reader.close();
  return Object.fromEntries(
    Object.entries(tables).map(([table, columns]) => [
      table,
      digestOf(
        found[table as Table].map((row) => columns.map((name) => (row as Record<string, unknown>)[name])),
      ),
    ]),
  );
};

const stored: Readonly<Record<Table, { readonly name: string; readonly order: string }>> = {
  blocks: { name: 'blocks', order: 'height' },
  workers: { name: 'workers', order: 'id collate "C"' },
  bondHistory: { name: 'bond_changes', order: 'height, position' },
  reputationHistory: { name: 'reputation_changes', order: 'height, position' },
  totals: { name: 'totals', order: 'id' },
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Of what subql wrote into a database. */
export const rowsOfSubql = async (postgres: Postgres, database: string): Promise<Rows> => {
  const found: [string, string][] = [];
  for (const [table, columns] of Object.entries(tables)) {
    const { name, order } = stored[table as Table];
    const list = columns.map((column) => (column === 'owner' && table === 'workers' ? 'id' : snake(column)));
    const sql = `select json_build_array(${list.join(', ')}) from app.${name} order by ${order}`;
    const rows = (await postgres.query(database, sql)).map((line) => JSON.parse(line) as unknown[]);
    found.push([table, digestOf(rows)]);
  }
  return Object.fromEntries(found);
};

/** Throws where two indexers did not write the same rows. */
export const checkSameRows = (contender: string, ours: Rows, theirs: Rows): void => {
  for (const [table, digest] of Object.entries(ours)) {
    if (theirs[table] !== digest) {
      throw new Error(
        `${contender} wrote other rows into ${table}: ${theirs[table]}; the indexer wrote ${digest}`,
      );
    }
  }
};
