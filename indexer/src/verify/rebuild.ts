import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForkedChainError, NoIndexError } from '../errors.js';
import { type IndexerOptions, startIndexer } from '../indexer.js';
import { type TableName, tableNames } from '../model/tables.js';
import { backupIndex } from '../store/backup.js';
import { compareTable, type Difference } from '../store/compare.js';
import type { Digests } from '../store/digest.js';
import { openReader } from '../store/reader/reader.js';
import { openStore } from '../store/store.js';

/** What came of comparing an index with one that was built anew from the chain's first block. */
export interface Verification {
  /** The height at which both were compared. */
  readonly height: number;
  /** SHA-256 over the rows of each table, hex. */
  readonly digests: Digests;
  readonly rebuilt: Digests;
  /** Tables whose rows are not what the chain's blocks lead to. */
  readonly differing: readonly TableName[];
  /** The rows themselves, at most 20 of each side of a table. */
  readonly differences: readonly Difference[];
}

/** Rows that are named of each side of a table. */
const NAMED = 20;

/**
 * Indexes the chain anew, into a temporary file, up to where the index at `dbPath` is, and compares all rows. The index
 * may go on meanwhile. Rejects with the signal's reason, with `NoIndexError`, and as `startIndexer` does.
 */
export const verifyIndex = async (options: IndexerOptions): Promise<Verification> => {
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-verify-'));
  try {
    const copy = join(folder, 'copy.db');
    openReader(options.dbPath).close();
    backupIndex(options.dbPath, copy);
    const { height, hash, digests, prunedHeight } = stateOf(copy);
    const dbPath = join(folder, 'index.db');
    await indexTo(height, { ...options, dbPath });
    thin(dbPath, prunedHeight);
    const again = stateOf(dbPath);
    if (again.hash !== hash) throw new ForkedChainError(height, hash, again.hash);
    const rebuilt = again.digests;
    const differing = tableNames.filter((name) => rebuilt[name] !== digests[name]);
    const differences = differing.flatMap((name) => compareTable(copy, dbPath, name, NAMED));
    return { height, digests, rebuilt, differing, differences };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Drops from a rebuilt index what the other one has dropped. */
const thin = (dbPath: string, prunedHeight: number): void => {
  const store = openStore(dbPath);
  try {
    store.transaction(() => store.prune(0, prunedHeight));
  } finally {
    store.close();
  }
};

const stateOf = (dbPath: string) => {
  const reader = openReader(dbPath);
  try {
    return reader.snapshot(() => {
      const checkpoint = reader.checkpoint();
      if (checkpoint === undefined) throw new NoIndexError(dbPath);
      return { ...checkpoint, digests: reader.digests() };
    });
  } finally {
    reader.close();
  }
};

const indexTo = async (last: number, { onProgress, ...options }: IndexerOptions): Promise<void> => {
  await startIndexer({
    ...options,
    last,
    onProgress: (progress) => onProgress?.({ ...progress, head: last, lag: last - progress.height }),
  });
  options.signal.throwIfAborted();
};
