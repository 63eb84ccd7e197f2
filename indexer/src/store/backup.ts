import { existsSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { BackupExistsError, NoIndexError } from '../errors.js';
import { onIndex } from './database.js';

/**
 * Copies the index at a path into a new file, whole and as of one block, while its writer goes on. Free pages are left
 * out. Throws `NoIndexError`, `BackupExistsError` and the errors of `onIndex`, which name the file that they are about.
 */
export const backupIndex = (dbPath: string, target: string): void => {
  if (!existsSync(dbPath)) throw new NoIndexError(dbPath);
  if (existsSync(target)) throw new BackupExistsError(target);
  onIndex(target, () => {
    const raw = new BetterSqlite3(dbPath, { readonly: true, fileMustExist: true });
    try {
      raw.prepare('vacuum into ?').run(target);
    } finally {
      raw.close();
    }
  });
};
