import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobStoreFullError } from '../errors.js';

/** What the operating system says when there is no room: disk, quota, largest file. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
/** Age in milliseconds at which something unfinished is given up. */
export const STALE_MS = 3_600_000;

/** The system's code of an error, such as `ENOENT`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether an error says that a file or directory is not there. */
export const isAbsent = (error: unknown): boolean => ABSENT.has(codeOf(error));

/** BlobStoreFullError for an error that says that there is no room, the error itself otherwise. */
export function asFull(error: unknown, hash: string, where: string): unknown {
  return FULL.has(codeOf(error)) ? new BlobStoreFullError(hash, where, { cause: error }) : error;
}

/** Bytes that this process may still write on the file system of a directory. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** Makes a rename durable; some file systems cannot sync a directory and need not. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes(codeOf(error))) throw error;
  } finally {
    await directory.close();
  }
}

/** Removes the files of a directory that nobody has written to for an hour; returns their names. */
export async function sweepDirectory(dir: string, nowMs: number): Promise<string[]> {
  const swept: string[] = [];
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? nowMs;
    if (nowMs - modified <= STALE_MS) continue;
    await rm(path, { force: true });
    swept.push(name);
  }
  return swept;
}
