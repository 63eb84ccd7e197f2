import BetterSqlite3 from 'better-sqlite3';
import { and, eq, gt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { NoIndexError, OutdatedIndexError } from '../../errors.js';
import type { State } from '../../model/state.js';
import type { Checkpoint, Rows } from '../../model/tables.js';
import { onIndex } from '../database.js';
import { type Digests, digestsOf } from '../digest.js';
import { schemaVersion } from '../migrations.js';
import { batches } from '../schema/index.js';
import type { Database } from '../statements.js';
import { checkpointReader } from '../store.js';
import { rowReader } from '../table-store.js';
import { withDeadline } from './deadline.js';
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
  /** Stops statements once `performance.now()` is past it; undefined lets them run. They throw `QueryTimeError`. */
  stopAt(deadline: number | undefined): void;
  /** Another number once the writer committed. */
  version(): number;
  /** Batches that were offered after a height and are still. */
  offersAfter(height: number): readonly Rows['batches'][];
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
  const stopAt = withDeadline(raw);
  const version = raw.prepare('pragma data_version').pluck();
  const offers = prepareOffers(db);
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
    stopAt,
    version: () => Number(version.get()),
    offersAfter: (height) => offers.all({ height }),
    snapshot: (read) => raw.transaction(read).deferred(),
    digests: () => onIndex(path, () => digestsOf(raw)),
    close: () => {
      raw.close();
    },
  };
};

const prepareOffers = (db: Database) =>
  db
    .select()
    .from(batches)
    .where(and(eq(batches.state, 'Offered'), gt(batches.changedHeight, sql.placeholder('height'))))
    .prepare();
