import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const sources = join(root, 'conformance', 'host');
const outputs = join(root, 'build', 'conformance');

/** A build of the program in `host/`. */
export interface Build {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A command that an engine needs is not installed; the message names the package that brings it. */
export class NotInstalledError extends Error {
  override readonly name = 'NotInstalledError';
}

const builds = new Map<string, Promise<string>>();

/**
 * The path of a program, built anew if its sources or the way to build it changed.
 * @throws NotInstalledError without Go, Error if it does not build
 */
export function program(build: Build): Promise<string> {
  const path = builds.get(build.name) ?? make(build);
  builds.set(build.name, path);
  return path;
}

async function make(build: Build): Promise<string> {
  const target = join(outputs, `host-${build.name}-${await digest(build)}`);
  if (existsSync(target)) return target;
  await mkdir(outputs, { recursive: true });
  const made = `${target}.${process.pid}`;
  await run('go', ['build', ...(build.args ?? []), '-o', made, '.'], 'Go 1.26 or newer', {
    cwd: sources,
    env: { ...process.env, ...build.env },
  });
  await rename(made, target);
  const stale = (await readdir(outputs)).filter((name) => isBuildOf(build, name) && !target.endsWith(name));
  await Promise.all(stale.map((name) => rm(join(outputs, name), { force: true })));
  return target;
}

/** Not one that another process is just making. */
function isBuildOf({ name }: Build, file: string): boolean {
  return file.startsWith(`host-${name}-`) && !file.includes('.');
}

async function digest(build: Build): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(build));
  const names = await readdir(sources, { recursive: true });
  for (const name of names.filter((each) => /\.(go|c|h|mod|sum)$/.test(each)).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(sources, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The folder of wasmtime's library, fetched by pip as `host/wasmtime/requirements.txt` pins it.
 * @throws NotInstalledError without pip or on another kind of machine
 */
export async function wasmtimeLibrary(): Promise<{ folder: string; file: string; version: string }> {
  const requirements = join(sources, 'wasmtime', 'requirements.txt');
  const [, version = ''] = /wasmtime==([\d.]+)/.exec(await readFile(requirements, 'utf8')) ?? [];
  const target = join(outputs, `wasmtime-${version}`);
  const folder = join(target, 'wasmtime', 'linux-x86_64');
  const file = '_libwasmtime.so';
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new NotInstalledError(
      'wasmtime is checked on Linux on x86-64 only, which the package from PyPI is pinned for',
    );
  }
  if (!existsSync(join(folder, file))) {
    const made = `${target}.${process.pid}`;
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--root-user-action=ignore',
    ];
    const pinned = ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', requirements];
    await run('python3', [...pip, ...pinned, '--target', made], 'python3 with pip (python3-pip)');
    await rename(made, target).catch(async (error: unknown) => {
      if (!existsSync(join(folder, file))) throw error;
      await rm(made, { recursive: true });
    });
  }
  return { folder, file, version };
}

/** Where a command is. @throws NotInstalledError */
export async function commandOf(name: string, from: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new NotInstalledError(`needs ${name}, which is not installed: install ${from}`);
}

async function run(
  command: string,
  args: readonly string[],
  from: string,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  await commandOf(command, from);
  try {
    await execute(command, args, options);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`"${command} ${args.join(' ')}" failed: ${stderr.trim()}`, { cause: error });
  }
}
