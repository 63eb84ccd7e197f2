import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGES =
  'clang lld wasi-libc libclang-rt-14-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32 gcc g++ cargo';

/** The programs of others cannot be built here. */
export class MissingToolError extends Error {
  constructor(what: string) {
    super(
      `cannot build the programs of others, ${what}; Debian: apt-get install ${PACKAGES} (cargo 1.85 or newer)`,
    );
    this.name = 'MissingToolError';
  }
}

/** What builds the programs: the versions decide whether a build is still good. */
export interface Tools {
  readonly versions: string;
}

const run = promisify(execFile);

/** @throws MissingToolError that names the first tool, header or library that is not there. */
export async function findTools(): Promise<Tools> {
  const versions: string[] = [];
  for (const [tool, flag] of [
    ['cargo', '--version'],
    ['clang', '--version'],
    ['wasm-ld', '--version'],
    ['gcc', '--version'],
    ['g++', '--version'],
  ] as const)
    versions.push(await versionOf(tool, flag));
  await tryToBuild();
  return { versions: versions.join('\n') };
}

async function versionOf(tool: string, flag: string): Promise<string> {
  try {
    const { stdout } = await run(tool, [flag]);
    return stdout.split('\n', 1)[0] ?? '';
  } catch {
    throw new MissingToolError(`${tool} is missing`);
  }
}

/** A program in C++ shows at once whether clang finds the linker, wasi-libc, its builtins and libc++. */
async function tryToBuild(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dmcn-corpus-'));
  try {
    const source = join(directory, 'try.cpp');
    await writeFile(
      source,
      '#include <string>\n#include <cstdio>\nint main() { puts(std::to_string(1.5).c_str()); }\n',
    );
    await run('clang++', [
      '--target=wasm32-wasi',
      '-fno-exceptions',
      '-o',
      join(directory, 'try.wasm'),
      source,
    ]);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const line = stderr.split('\n').find((text) => text.includes('error')) ?? String(error);
    throw new MissingToolError(`clang++ says "${line.replace(directory, '').trim()}"`);
  } finally {
    await rm(directory, { recursive: true });
  }
}
