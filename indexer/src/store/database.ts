import BetterSqlite3 from 'better-sqlite3';
import {
  CorruptIndexError,
  DatabaseUnavailableError,
  IndexerError,
  IndexInUseError,
  IndexPathError,
  IndexStorageError,
} from '../errors.js';

/**
 * Runs what works on the index at a path, and tells what an error of SQLite means for it: throws `CorruptIndexError`,
 * `IndexInUseError`, `IndexPathError`, `IndexStorageError`, `DatabaseUnavailableError`, and other errors as they are.
 */
export const onIndex = <T>(path: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    throw meaningOf(error, path);
  }
};

const meaningOf = (error: unknown, path: string): unknown => {
  if (error instanceof IndexerError) return error;
  const code = codeOf(error);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return new CorruptIndexError(path, error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new IndexInUseError(path, error);
  if (/^SQLITE_(FULL|IOERR)/.test(code)) return new IndexStorageError(path, error);
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/.test(code)) return new IndexPathError(path, error);
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) {
    return new IndexPathError(path, error);
  }
  if (code === 'ERR_DLOPEN_FAILED' || (error instanceof Error && /bindings file/.test(error.message))) {
    return new DatabaseUnavailableError(error);
  }
  return error;
};

/** The code of an error, or of what caused it. */
const codeOf = (error: unknown): string => {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as NodeJS.ErrnoException;
    if (code !== undefined) return code;
  }
  return '';
};

/**
 * Takes the right to be the one writer of the index at a path, and returns how to give it back. It is an open transaction
 * on a file beside the index, so that the system gives it back when the process ends, whatever ends it.
 */
export const lockWriter = (path: string): (() => void) => {
  if (path === ':memory:') return () => undefined;
  const lock = new BetterSqlite3(`${path}-lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
};
