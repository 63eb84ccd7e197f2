import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Journal, JournalError } from '../acting/journal.js';
import { acquireLock, JournalLockedError } from './lock.js';

/** A journal that one process at a time holds. */
export interface FileJournal extends Journal {
  /** Lets another process have it. */
  close(): Promise<void>;
}

const HASH_BYTES = 32;
const NAME = /^[a-z0-9][a-z0-9.-]{0,100}$/;
/** What a write that never ended left. */
const TEMPORARY = /^\.new-/;

/**
 * Opens a journal in a directory of its own, which is made if need be: a file an entry, `SHA-256 || content`, readable by its
 * owner only. A write goes to the disk before it goes to its name.
 * @throws JournalLockedError while another process has it, JournalError
 */
export async function openFileJournal(directory: string): Promise<FileJournal> {
  const unlock = await lockedDirectory(directory);
  const names = await readdir(directory);
  await Promise.all(names.filter((name) => TEMPORARY.test(name)).map((name) => rm(join(directory, name))));

  return {
    async list() {
      const entries = (await readdir(directory)).filter((name) => NAME.test(name));
      const sizes = await Promise.all(entries.map((name) => stat(join(directory, name))));
      return entries
        .map((name, i) => ({ name, bytes: sizes[i]?.size ?? 0, age: sizes[i]?.mtimeMs ?? 0 }))
        .sort((one, other) => one.age - other.age);
    },

    async read(name) {
      try {
        return contentOf(await readFile(join(directory, checked(name))));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw cause;
      }
    },

    async write(name, bytes) {
      const path = join(directory, checked(name));
      const temporary = join(directory, `.new-${randomBytes(8).toString('hex')}`);
      try {
        await writeThrough(temporary, bytes);
        await rename(temporary, path);
        await syncDirectory(directory);
      } catch (cause) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw errorOf(directory, cause);
      }
    },

    remove: (name) => rm(join(directory, checked(name)), { force: true }),
    close: unlock,
  };
}

async function lockedDirectory(directory: string): Promise<() => Promise<void>> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return await acquireLock(directory);
  } catch (cause) {
    throw cause instanceof JournalLockedError ? cause : errorOf(directory, cause);
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(createHash('sha256').update(bytes).digest());
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename last. Systems that cannot sync a directory do it by themselves. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch (cause) {
    if (!['EPERM', 'EINVAL', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
  } finally {
    await handle?.close();
  }
}

/** What was written, undefined where the disk gave back something else. */
function contentOf(file: Uint8Array): Uint8Array | undefined {
  const content = file.subarray(HASH_BYTES);
  const isWhole = createHash('sha256').update(content).digest().equals(file.subarray(0, HASH_BYTES));
  return isWhole ? new Uint8Array(content) : undefined;
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`${name} cannot name an entry of a journal`);
  return name;
}

function errorOf(directory: string, cause: unknown): JournalError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : message;
  return new JournalError(directory, reason, cause);
}
