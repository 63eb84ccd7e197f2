import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process has the journal. */
export class JournalLockedError extends Error {
  override readonly name = 'JournalLockedError';
  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(
      `process ${pid} works with ${directory} already: a home is for one process; stop that one, or choose another --home`,
    );
  }
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** Tells processes apart that had the same id, where the system says when one was started. */
  readonly started: string;
}

const TRIES = 5;

/**
 * Makes this process the only one that works in a directory, until the returned function is called or the process is gone
 * in any way: the lock of a dead process is taken over. Processes that cannot see each other (in different containers) are not kept apart.
 * @throws JournalLockedError
 */
export async function acquireLock(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, '.lock');
  const own = join(directory, `.lock-${randomBytes(8).toString('hex')}`);
  const text = JSON.stringify({ pid: process.pid, started: await startOf(process.pid) } satisfies Holder);
  await writeFile(own, text, { mode: 0o600 });
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (await linked(own, path)) return () => release(path, text);
      const found = await readFile(path, 'utf8').catch(() => undefined);
      if (found === undefined) continue;
      const holder = holderOf(found);
      if (holder && (await isAlive(holder))) throw new JournalLockedError(directory, holder.pid);
      await removeStale(path, found);
    }
    throw new JournalLockedError(directory, 0);
  } finally {
    await rm(own, { force: true });
  }
}

/** The process that works in a directory, if one does. */
export async function workingIn(directory: string): Promise<number | undefined> {
  const found = await readFile(join(directory, '.lock'), 'utf8').catch(() => '');
  const holder = holderOf(found);
  return holder && (await isAlive(holder)) ? holder.pid : undefined;
}

/** A hard link is made by one process only, whole or not at all. */
async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/** Removes a lock unless somebody else has taken it over meanwhile, whose lock is put back. */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}-${randomBytes(8).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await linked(aside, path);
  await rm(aside, { force: true });
}

async function release(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
}

function holderOf(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Holder;
    return Number.isInteger(pid) && pid > 0 ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return (await startOf(pid)) === started;
}

/** When a process was started, in the words of the system; empty where it has none. */
async function startOf(pid: number): Promise<string> {
  const [stat, boot] = await Promise.all(
    [`/proc/${pid}/stat`, '/proc/sys/kernel/random/boot_id'].map((path) =>
      readFile(path, 'utf8').catch(() => ''),
    ),
  );
  // The name in parentheses may hold anything; what follows is the state, and 19 fields on the time of the start.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return fields[0] === 'Z' ? 'ended' : `${boot?.trim()} ${fields[19] ?? ''}`.trim();
}
