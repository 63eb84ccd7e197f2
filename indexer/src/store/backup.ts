import { existsSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { BackupExistsError, CorruptIndexError, NoIndexError } from '../errors.js';
import { onIndex } from './database.js';

/**
 * Copies the index at a path into a new file, whole and as of one block, while its writer goes on. Free pages are left
 * out; nothing is left of a copy that fails. Throws `NoIndexError`, `BackupExistsError` and the errors of `onIndex`, which name the file that they are about.
 */
export const backupIndex = (dbPath: string, target: string): void => {
  if (!existsSync(dbPath)) throw new NoIndexError(dbPath);
  if (existsSync(target)) throw new BackupExistsError(target);
  const raw = onIndex(dbPath, () => new BetterSqlite3(dbPath, { readonly: true, fileMustExist: true }));
  try {
    const schema = onIndex(dbPath, () => raw.pragma('user_version', { simple: true }));
    if (schema === 0) throw new NoIndexError(dbPath);
    onIndex(target, () => raw.prepare('vacuum into ?').run(target));
  } catch (error) {
    if (error instanceof NoIndexError) throw error;
    rmSync(target, { force: true });
    throw error instanceof CorruptIndexError ? new CorruptIndexError(dbPath, error.cause) : error;
  } finally {
    raw.close();
  }
};
