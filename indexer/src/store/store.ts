import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { OutdatedIndexError } from '../errors.js';
import type { RowChange } from '../model/change.js';
import type { State } from '../model/state.js';
import { type Checkpoint, REVISION } from '../model/tables.js';
import { lockWriter, onIndex } from './database.js';
import { type Digests, digestsOf } from './digest.js';
import { migrationsFolder, schemaVersion } from './migrations.js';
import { pruner } from './prune.js';
import { checkpoint as checkpointTable } from './schema/index.js';
import { type Database, prepareGet, preparePut } from './statements.js';
import { rowReader, rowWriter } from './table-store.js';

const CHECKPOINT = { id: 1 };

/** Enough that a transaction of many blocks never has to put down pages before its end. */
const CACHE_KIB = 65_536;
/** Pages of the write-ahead log, 4 KiB each, after which they are copied into the file: a page that changes often is copied once. */
const LOG_PAGES = 4_096;

/** The index, open for its one writer. */
export interface Store extends State {
  /** How far the index is; undefined while it is empty. */
  checkpoint(): Checkpoint | undefined;
  /** Takes a row of `seriesTables`, which `write` brings to an end. Call it within `transaction`. */
  append(change: RowChange): void;
  /** Writes a block's changes and the checkpoint. Call it within `transaction`. */
  write(changes: readonly RowChange[], checkpoint: Checkpoint): void;
  /** Drops the blocks and series above a height and up to another one. Call it within `transaction`. */
  prune(above: number, upTo: number): void;
  /** Runs it in one transaction that holds the write lock: all of its writes last, or none where it throws. */
  transaction<T>(run: () => T): T;
  digests(): Digests;
  close(): void;
}

/** Prepares the read of the checkpoint. */
export const checkpointReader = (db: Database): (() => Checkpoint | undefined) => {
  const statement = prepareGet(db, checkpointTable, ['id']);
  return () => {
    const row = statement.get(CHECKPOINT) as (Checkpoint & { id: number }) | undefined;
    if (row === undefined) return undefined;
    const { id: _, ...checkpoint } = row;
    return checkpoint;
  };
};

/**
 * Opens the index at a path, or makes an empty one, and brings its schema up to date; no other writer can open it until
 * it is closed. Throws `OutdatedIndexError` for a file that another version wrote, and the errors of `onIndex`.
 */
export const openStore = (path: string): Store =>
  onIndex(path, () => {
    const unlock = lockWriter(path);
    let raw: BetterSqlite3.Database | undefined;
    const close = () => {
      raw?.close();
      unlock();
    };
    try {
      raw = new BetterSqlite3(path);
      return storeOf(raw, path, close);
    } catch (error) {
      close();
      throw error;
    }
  });

const storeOf = (raw: BetterSqlite3.Database, path: string, close: () => void): Store => {
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.pragma(`cache_size = -${CACHE_KIB}`);
  raw.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  const db = drizzle(raw, { casing: 'snake_case' });
  upgrade(raw, db, path);

  const checkpoint = checkpointReader(db);
  const putCheckpoint = preparePut(db, checkpointTable, ['id']);
  const rows = rowWriter(db);
  return {
    ...rowReader(db),
    checkpoint,
    append: rows.append,
    write: (changes, next) => {
      rows.write(changes);
      putCheckpoint.run({ ...CHECKPOINT, ...next });
    },
    prune: pruner(raw),
    transaction: (run) =>
      onIndex(path, () => {
        rows.forget();
        return raw.transaction(run).immediate();
      }),
    digests: () => onIndex(path, () => digestsOf(raw)),
    close,
  };
};

const upgrade = (raw: BetterSqlite3.Database, db: Database, path: string): void => {
  const found = Number(raw.pragma('user_version', { simple: true }));
  const current = schemaVersion();
  if (found > current) throw new OutdatedIndexError(path, `schema ${found}`, `schema ${current}`);
  const revision = found === 0 ? REVISION : revisionOf(raw);
  if (revision !== REVISION) {
    throw new OutdatedIndexError(path, `rows of revision ${revision}`, `revision ${REVISION}`);
  }
  migrate(db, { migrationsFolder });
  raw.pragma(`user_version = ${current}`);
};

/** Revision of a file's rows, asked before its schema is touched: rows of another one need not fit the schema of today. */
const revisionOf = (raw: BetterSqlite3.Database): number =>
  (raw.prepare('select revision from checkpoint').pluck().get() as number | undefined) ?? REVISION;
