import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { newDirectory } from './devnet.js';
import { onlyDocument } from './dmcn.js';
import { type Ended, type Running, startProgram } from './process.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const runFile = promisify(execFile);

/** Somebody who uses an installed command: an empty home, and an empty folder to work in. */
export interface User {
  readonly home: string;
  readonly folder: string;
}

/**
 * The command as `npm run pack` and npm install it on a machine with nothing but Node: no registry, no compiler on the
 * PATH and, where a process may have a file system view of its own, no checkout.
 */
export class Installation {
  private constructor(
    readonly prefix: string,
    private readonly path: string,
    private readonly command: readonly [string, ...string[]],
  ) {}

  static async make(): Promise<Installation> {
    const { stdout } = await runFile('npm', ['run', '--silent', 'pack'], { cwd: checkout });
    const [prefix, path, user] = [await newDirectory(), await newDirectory(), await newUser()];
    for (const name of ['node', 'npm']) await symlink(await programOf(name), join(path, name));
    const flags = ['--offline', '--no-audit', '--no-fund', '--global', '--prefix', prefix];
    await runFile(join(path, 'npm'), ['install', ...flags, join(checkout, stdout.trim())], {
      cwd: user.folder,
      env: { PATH: path, HOME: user.home },
    });
    return new Installation(prefix, path, hidingFrom(checkout, join(prefix, 'bin', 'dmcn')));
  }

  /** Whether its processes cannot see the checkout. */
  get isAlone(): boolean {
    return this.command.length > 1;
  }

  /** Names and contents of its files. */
  async files(): Promise<ReadonlyMap<string, Buffer>> {
    const folder = join(this.prefix, 'lib', 'node_modules', 'dmcn');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    return new Map(
      await Promise.all(
        files.map(async (file) => [file.slice(folder.length + 1), await readFile(file)] as const),
      ),
    );
  }

  /** Puts SQLite's package beside it, as `npm install -g better-sqlite3` does. */
  async addSqlite(): Promise<void> {
    for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
      const target = join(this.prefix, 'lib', 'node_modules', name);
      await mkdir(target, { recursive: true });
      for (const part of await readdir(join(checkout, 'node_modules', name))) {
        if (part === 'deps' || part === 'src') continue;
        const source = join(checkout, 'node_modules', name, part);
        await cp(source, join(target, part), { recursive: true, filter: (file) => !file.includes('/obj') });
      }
    }
  }

  start(
    args: readonly string[],
    { home, folder }: User,
    env: Readonly<Record<string, string>> = {},
  ): Running {
    return startProgram(this.command, args, { env: { PATH: this.path, HOME: home, ...env }, cwd: folder });
  }

  run(args: readonly string[], user: User, env?: Readonly<Record<string, string>>): Promise<Ended> {
    return this.start(args, user, env).ended;
  }

  /** Runs it with --json; it has to succeed. */
  async json<T>(args: readonly string[], user: User, env?: Readonly<Record<string, string>>): Promise<T> {
    const ended = await this.run([...args, '--json'], user, env);
    expect(ended.code, ended.stderr).toBe(0);
    return onlyDocument(ended);
  }
}

export const newUser = async (): Promise<User> => ({
  home: await newDirectory(),
  folder: await newDirectory(),
});

async function programOf(name: string): Promise<string> {
  if (name === 'node') return process.execPath;
  return realpath(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim());
}

/** A command line that finds a folder empty; the program alone where the system does not allow that. */
function hidingFrom(folder: string, program: string): readonly [string, ...string[]] {
  const script = '/bin/mount -t tmpfs none "$0" && exec "$@"';
  const hiding = ['/usr/bin/unshare', '-rm', '/bin/sh', '-c', script, folder] as const;
  try {
    const [unshare, ...args] = hiding;
    execFileSync(unshare, [...args, '/bin/true'], { cwd: dirname(folder), stdio: 'ignore' });
    return [...hiding, program];
  } catch {
    return [program];
  }
}
