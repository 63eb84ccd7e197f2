import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from '../files.js';
import { RECIPES, type Recipe } from './recipe.js';
import { fetchCrates, sourcesOf } from './sources.js';
import { findTools } from './tools.js';

/** What a recipe is built for. */
export type Target = 'wasm' | 'native';

const BUILDS = inRepository('build/corpus');
const PROGRAMS = inRepository('conformance/corpus/programs');
/** lld's own 64 KiB is too little for most of these programs. */
const STACK = '-Wl,-z,stack-size=1048576';
/** The warnings of others' programs are theirs; no fused multiplication, which WebAssembly does not have. */
const COMMON = ['-w', '-DNDEBUG', '-ffp-contract=off'];

/** Builds for a target whatever is not built yet, and gives the path of each program's file by the recipe's name. */
export async function buildAll(target: Target): Promise<ReadonlyMap<string, string>> {
  const { versions } = await findTools();
  const lock = await readFile(inRepository('conformance/corpus/Cargo.lock'));
  const crates = await fetchCrates();
  const files = new Map<string, string>();
  for (const recipe of RECIPES) {
    const digest = await digestOf(recipe, target, versions, lock);
    files.set(recipe.name, join(BUILDS, `${recipe.name}-${digest}.${target}`));
  }
  const waiting = RECIPES.filter(({ name }) => !existsSync(files.get(name) ?? '')).values();
  const work = async () => {
    for (const recipe of waiting) {
      const crate = crates.get(recipe.crate);
      if (crate === undefined) throw new Error(`${recipe.name}: Cargo.lock has no crate ${recipe.crate}`);
      const file = files.get(recipe.name) ?? '';
      await build(recipe, target, crate, file);
      await removeOlder(recipe, target, file);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return files;
}

/** Changes with everything that a build is made of. */
async function digestOf(recipe: Recipe, target: Target, versions: string, lock: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify([recipe, target, versions, STACK, COMMON]))
    .update(lock);
  for (const path of ['stdin.h', 'codec.h', mainOf(recipe)])
    hash.update(await readFile(join(PROGRAMS, path)));
  return hash.digest('hex').slice(0, 16);
}

function mainOf({ name, language }: Recipe): string {
  return `${name}/main.${language === 'c++' ? 'cpp' : 'c'}`;
}

/** Compiles and links in two steps: clang alone would hand what it optimised and linked to whatever wasm-opt it finds. */
async function build(recipe: Recipe, target: Target, crate: string, file: string): Promise<void> {
  const objects = `${file}.${process.pid}`;
  await mkdir(objects, { recursive: true });
  const compilers = { wasm: ['clang', 'clang++'], native: ['gcc', 'g++'] } as const;
  const compiler = compilers[target][recipe.language === 'c++' ? 1 : 0];
  const run = promisify(execFile);
  try {
    const sources = [join(PROGRAMS, mainOf(recipe)), ...(await sourcesOf(recipe, crate))];
    await run(compiler, ['-c', ...compilerFlags(recipe, target, crate), ...sources], {
      cwd: objects,
      maxBuffer: 1 << 26,
    });
    const names = await readdir(objects);
    if (names.length !== sources.length) throw new Error(`${recipe.name}: two sources have the same name`);
    const linking = target === 'wasm' ? ['--target=wasm32-wasi', STACK, '-Wl,--strip-all'] : [];
    await run(compiler, [...linking, ...names.sort(), '-lm', '-o', 'program'], { cwd: objects });
    await rename(join(objects, 'program'), file);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    if (stderr === undefined) throw error;
    throw new Error(`${recipe.name} does not build for ${target}: ${stderr.slice(0, 4_000)}`);
  } finally {
    await rm(objects, { recursive: true });
  }
}

function compilerFlags(
  { language, flags, defines = [], include }: Recipe,
  target: Target,
  crate: string,
): string[] {
  return [
    ...(target === 'wasm' ? ['--target=wasm32-wasi', ...flags] : ['-O2']),
    language === 'c++' ? '-std=c++17' : '-std=gnu17',
    ...[...COMMON, `-ffile-prefix-map=${crate}=.`, `-ffile-prefix-map=${PROGRAMS}=.`],
    ...defines.map((define) => `-D${define}`),
    ...include.map((folder) => `-I${join(crate, folder)}`),
  ];
}

async function removeOlder({ name }: Recipe, target: Target, file: string): Promise<void> {
  for (const entry of await readdir(BUILDS)) {
    const older =
      new RegExp(`^${name}-[0-9a-f]{16}\\.${target}$`).test(entry) && join(BUILDS, entry) !== file;
    if (older) await rm(join(BUILDS, entry), { force: true });
  }
}
