import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const built = new URL('../../../dist/engines/javascript/', import.meta.url);

/** A built module of this folder, from its source and its build alike. */
export const program = (name: string): string => fileURLToPath(new URL(`${name}.js`, built));

/** A program and all it imports as one classic script, in a folder of its own. */
export async function bundle(name: string): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'dmcn-bundle-'));
  const file = path.join(directory, `${path.basename(name)}.js`);
  await build({
    entryPoints: [program(name)],
    bundle: true,
    format: 'iife',
    outfile: file,
    logLevel: 'error',
  });
  return { file, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** Where a command is: the first of these paths that exists. */
export const findCommand = (paths: readonly string[]): string | undefined => paths.find(existsSync);
