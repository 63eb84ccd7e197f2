/**
 * Loads a part of the system that keeps its rows in SQLite, which the installed command comes without: it is compiled for
 * one kind of machine. Rejects with how to get it where it is missing.
 */
export async function withSqlite<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause, 'better-sqlite3')) throw cause;
    throw new Error(
      'this needs SQLite, which is not installed with dmcn: "npm install -g better-sqlite3@12" puts it beside (give it the --prefix that dmcn was installed with, if any)',
    );
  }
}

const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes(`'${name}'`);
