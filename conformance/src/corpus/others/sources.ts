import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from '../files.js';
import type { Recipe } from './recipe.js';
import { MissingToolError } from './tools.js';

const CRATES = inRepository('conformance/corpus/Cargo.toml');
const MEGABYTE = 1 << 20;

/**
 * Where cargo has unpacked each crate of the lock file, by its name: what is not there yet is fetched, its hash checked.
 * @throws MissingToolError where cargo is too old or there is no network
 */
export async function fetchCrates(): Promise<ReadonlyMap<string, string>> {
  const { packages } = JSON.parse(await metadata()) as {
    packages: { name: string; manifest_path: string }[];
  };
  return new Map(packages.map(({ name, manifest_path }) => [name, dirname(manifest_path)]));
}

async function metadata(): Promise<string> {
  const flags = ['--locked', '--format-version', '1', '--filter-platform', 'x86_64-unknown-linux-gnu'];
  try {
    const { stdout } = await promisify(execFile)('cargo', ['metadata', ...flags, '--manifest-path', CRATES], {
      maxBuffer: 64 * MEGABYTE,
    });
    return stdout;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new MissingToolError(`cargo cannot fetch the crates: ${stderr.trim().split('\n').at(-1)}`);
  }
}

/** The paths of a recipe's sources, in an order that is the same everywhere. */
export async function sourcesOf({ sources, without = [] }: Recipe, crate: string): Promise<string[]> {
  const paths: string[] = [];
  for (const source of sources) {
    const [folder, extension] = source.split('*');
    if (folder === undefined || extension === undefined) paths.push(join(crate, source));
    else {
      const names = (await readdir(join(crate, folder))).sort();
      const wanted = names.filter((name) => name.endsWith(extension) && !without.includes(name));
      paths.push(...wanted.map((name) => join(crate, folder, name)));
    }
  }
  return paths;
}
