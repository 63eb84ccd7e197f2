import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's root, from `src/node` and `dist/node` alike (and from a bundle's): the child always runs the built file. */
const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The program that a unit's process runs. */
export const childEntry = path.join(packageRoot, 'dist/node/child.js');

/**
 * Most memory of the process beside the modules' own, in MiB. It never comes near that; but V8 collects all garbage at
 * each growth of a module's memory that is larger than half of it.
 */
const HEAP_MIB = 1_024;

/**
 * Node's flags for a unit's process: it may read its own code and nothing else, start no processes and load no
 * addons. None of them decides a result; the stack is the engine's default, which the profile's own limit fits into.
 */
export function childFlags(): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [
    permission,
    ...codeFolders().map((folder) => `--allow-fs-read=${path.join(folder, '*')}`),
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    '--expose-gc',
    `--max-old-space-size=${HEAP_MIB}`,
  ];
}

/** Where the child's code lies: this package, and the one that hashes for it unless a bundle has both. */
function codeFolders(): string[] {
  try {
    const hashes = createRequire(import.meta.url).resolve('@noble/hashes/sha2.js');
    return [packageRoot, path.dirname(hashes)];
  } catch {
    return [packageRoot];
  }
}
