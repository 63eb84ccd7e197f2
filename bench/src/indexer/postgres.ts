import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { output } from '../command.js';
import { cpuOfTree } from './process-tree.js';

/**
 * As durable as the index: a crash loses no committed row order, a power failure at most the last moments. What only
 * costs processor time in a short run is off.
 */
export const postgresSettings = {
  synchronous_commit: 'off',
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
} as const;

const DEBIAN = '/usr/lib/postgresql';

/** The folder with `postgres` and `initdb`; undefined where there is none. */
const programs = (): string | undefined => {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => `${DEBIAN}/${version}/bin`) : [];
  const places = [...debian.reverse(), ...(process.env.PATH ?? '').split(':')];
  return places.find((place) => existsSync(`${place}/initdb`) && existsSync(`${place}/postgres`));
};

/** Installs Debian's packages, as root, and returns the folder of the programs. */
const install = async (): Promise<string> => {
  const how = 'PostgreSQL is needed: run `apt-get install postgresql` as root, then again';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(how);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await output('apt-get', ['update', '-qq'], { env });
    await output('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], { env });
  } catch (cause) {
    throw new Error(`${how}; it could not be installed: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
  const bin = programs();
  if (bin === undefined) throw new Error(how);
  return bin;
};

/** Who runs it: PostgreSQL refuses root. */
const owner = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

/** A port of this machine that nobody uses. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** A PostgreSQL of its own in a folder. */
export class Postgres {
  private constructor(
    readonly child: ChildProcess,
    readonly folder: string,
    readonly port: number,
    readonly version: string,
  ) {}

  /** Starts one; installs Debian's before where there is none. Rejects where none can be had. */
  static async start(parent: string): Promise<Postgres> {
    if (process.platform !== 'linux')
      throw new Error('processor time is read from /proc, which only Linux has');
    const bin = programs() ?? (await install());
    const [folder, user] = [join(parent, 'postgres'), owner()];
    mkdirSync(folder);
    chmodSync(parent, 0o755);
    if (user) chownSync(folder, user.uid, user.gid);
    const options = { ...user, cwd: folder };
    execFileSync(`${bin}/initdb`, ['-D', 'data', '-A', 'trust', '-U', 'postgres', '-N'], {
      ...options,
      stdio: 'pipe',
    });
    const port = await freePort();
    const settings = { ...postgresSettings, listen_addresses: '127.0.0.1', port };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(`${bin}/postgres`, ['-D', 'data', '-k', folder, ...args], {
      ...options,
      stdio: 'ignore',
    });
    const version = (await output(`${bin}/postgres`, ['--version'])).match(/[\d.]+/)?.[0] ?? 'unknown';
    const postgres = new Postgres(child, folder, port, version);
    for (let left = 300; ; left -= 1) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
      const answer = await postgres.query('postgres', 'select 1').catch((error: Error) => error);
      if (!(answer instanceof Error)) return postgres;
      if (left === 0) throw answer;
      await sleep(100);
    }
  }

  /** An empty database of that name. */
  async create(database: string): Promise<void> {
    await this.query('postgres', `drop database if exists ${database}`);
    await this.query('postgres', `create database ${database}`);
  }

  /** Lines that a statement gives, fields separated by `|`. */
  async query(database: string, sql: string): Promise<readonly string[]> {
    const where = ['-h', this.folder, '-p', `${this.port}`, '-U', 'postgres', '-d', database];
    const text = await output(
      'psql',
      [...where, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql],
      {
        quiet: true,
      },
    );
    return text.split('\n').filter((line) => line !== '');
  }

  /** Runs a file of statements. */
  async run(database: string, sql: string): Promise<void> {
    const file = join(this.folder, 'run.sql');
    writeFileSync(file, sql);
    const where = ['-h', this.folder, '-p', `${this.port}`, '-U', 'postgres', '-d', database];
    await output('psql', [...where, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file]);
  }

  /** Processor time of all its processes so far, in nanoseconds. */
  cpu(): number {
    return cpuOfTree(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    const over = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await over;
  }
}
