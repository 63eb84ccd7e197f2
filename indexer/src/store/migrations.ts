import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the committed migrations, beside `src` and `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));

interface Journal {
  readonly entries: readonly unknown[];
}

/** Version of the schema: the number of migrations that lead to it. */
export const schemaVersion = (): number => {
  const journal: Journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8'));
  return journal.entries.length;
};
