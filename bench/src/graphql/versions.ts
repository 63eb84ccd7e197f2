import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Versions of packages as they are installed, and of Node. */
export const versionsOf = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ['node', process.version],
    ...names.map((name) => [
      name,
      JSON.parse(readFileSync(`${modules}/${name}/package.json`, 'utf8')).version,
    ]),
  ]);
