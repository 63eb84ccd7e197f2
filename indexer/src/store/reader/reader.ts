import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { NoIndexError, OutdatedIndexError } from '../../errors.js';
import type { State } from '../../model/state.js';
import type { Checkpoint, Rows } from '../../model/tables.js';
import { onIndex } from '../database.js';
import { type Digests, digestsOf } from '../digest.js';
import { schemaVersion } from '../migrations.js';
import { checkpointReader } from '../store.js';
import { rowReader } from '../table-store.js';
import { type Lists, listsOf } from './lists.js';
import { type MarketReader, marketReader } from './market.js';

/** The index, open for reading only, also while its writer goes on. */
export interface Reader extends State, Lists, MarketReader {
  /** How far the index is; undefined while it is empty. */
  checkpoint(): Checkpoint | undefined;
  /** A worker by its owner or its operator. */
  worker(address: string): Rows['workers'] | undefined;
  /** Runs it on one state of the index, whatever the writer does meanwhile. It must not wait for anything. */
  snapshot<T>(read: () => T): T;
  digests(): Digests;
  close(): void;
}

/**
 * Opens the index at a path for reading.
 * Throws `NoIndexError` where there is none yet, `OutdatedIndexError` for a file that another version wrote, and the
 * errors of `onIndex`.
 */
export const openReader = (path: string): Reader =>
  onIndex(path, () => {
    const raw = openFile(path);
    try {
      return readerOf(raw, path);
    } catch (error) {
      raw.close();
      throw error;
    }
  });

const openFile = (path: string): BetterSqlite3.Database => {
  try {
    return new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  } catch (cause) {
    throw new NoIndexError(path, cause);
  }
};

const readerOf = (raw: BetterSqlite3.Database, path: string): Reader => {
  const found = Number(raw.pragma('user_version', { simple: true }));
  const current = schemaVersion();
  if (found === 0) throw new NoIndexError(path);
  if (found !== current) throw new OutdatedIndexError(path, `schema ${found}`, `schema ${current}`);

  const db = drizzle(raw, { casing: 'snake_case' });
  const rows = rowReader(db);
  const lists = listsOf(db);
  const byOperator = (operator: string) =>
    lists.workers.page({ operator }, { field: 'owner' }, { size: 1 }).edges[0]?.node;
  return {
    ...rows,
    ...lists,
    ...marketReader(raw),
    checkpoint: checkpointReader(db),
    worker: (address) => rows.get('workers', address) ?? byOperator(address),
    snapshot: (read) => raw.transaction(read).deferred(),
    digests: () => onIndex(path, () => digestsOf(raw)),
    close: () => {
      raw.close();
    },
  };
};
