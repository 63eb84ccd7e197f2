import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's root, from `src/node` and `dist/node` alike: the child always runs the built file. */
const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The program that a unit's process runs. */
export const childEntry = path.join(packageRoot, 'dist/node/child.js');

/** Memory of the process beside the modules' own, in MiB. */
const HEAP_MIB = 256;

/**
 * Node's flags for a unit's process: it may read its own code and nothing else, start no processes and load no
 * addons. None of them decides a result; the stack is the engine's default, which the profile's own limit fits into.
 */
export function childFlags(): string[] {
  const hashes = path.dirname(createRequire(import.meta.url).resolve('@noble/hashes/sha2.js'));
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [
    permission,
    `--allow-fs-read=${packageRoot}*`,
    `--allow-fs-read=${path.join(hashes, '*')}`,
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    '--expose-gc',
    `--max-old-space-size=${HEAP_MIB}`,
  ];
}
