import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { output } from '../command.js';
import { freePort, type Postgres } from './postgres.js';
import { cpuOfTree } from './process-tree.js';
import { type Rows, rowsOfSubql } from './rows.js';
import type { Served } from './served.js';

const source = fileURLToPath(new URL('../../competitors/subql', import.meta.url));
const installed = fileURLToPath(new URL('../../../build/competitors/subql', import.meta.url));
const DATABASE = 'subql';
const FILES = [
  'package.json',
  'package-lock.json',
  'schema.graphql',
  'mapping.js',
  'bulk.yaml',
  'events.yaml',
];

/** How it is started beside its defaults: no history of each row, no remote sources, large batches written seldom. */
export const subqlFlags = [
  '--kyve-endpoint=false',
  '--historical=false',
  '--unsafe',
  '--batch-size=100',
  '--store-cache-threshold=3000',
  '--store-cache-upper-limit=30000',
  '--store-cache-async=false',
  '--store-cache-target=1',
  '--log-level=warn',
] as const;

/** `bulk`: one handler a block that writes rows in bulk. `events`: a handler for each kind of event, as its manual has it. */
export type Mapping = 'bulk' | 'events';

/** @subql/node-cosmos, installed. */
export interface Subql {
  readonly version: string;
  /** Processor time for each block after it got warm, of Node and of PostgreSQL, in nanoseconds; and what it wrote. */
  run(served: Served, mapping: Mapping): Promise<{ readonly cpu: number; readonly rows: Rows }>;
}

/** Installs it into `build/` by its own lockfile, unless it is there. Rejects where the registry cannot be reached. */
export const installSubql = async (postgres: Postgres, folder: string): Promise<Subql> => {
  mkdirSync(installed, { recursive: true });
  const lock = (at: string) => (existsSync(at) ? readFileSync(at, 'utf8') : '');
  const ready =
    lock(join(installed, 'package-lock.json')) === lock(join(source, 'package-lock.json')) &&
    existsSync(join(installed, 'node_modules', '.package-lock.json'));
  for (const file of FILES) copyFileSync(join(source, file), join(installed, file));
  if (!ready) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await output('npm', args, { cwd: installed });
  }
  const at = join(installed, 'node_modules/@subql/node-cosmos');
  const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  return {
    version,
    run: (served, mapping) => run(join(at, 'bin/run'), { served, mapping, postgres, folder }),
  };
};

interface Run {
  readonly served: Served;
  readonly mapping: Mapping;
  readonly postgres: Postgres;
  readonly folder: string;
}

const POLL_MS = 100;
/** Without a new block for so long it counts as stuck. */
const PATIENCE_MS = 180_000;

const run = async (program: string, { served, mapping, postgres, folder }: Run) => {
  await postgres.create(DATABASE);
  const log = join(folder, `subql-${mapping}.log`);
  const where = [
    `-f=${join(installed, `${mapping}.yaml`)}`,
    `--network-endpoint=${served.url}`,
    '--db-schema=app',
  ];
  const env = {
    ...process.env,
    DB_HOST: '127.0.0.1',
    DB_PORT: `${postgres.port}`,
    DB_USER: 'postgres',
    DB_PASS: 'unused',
    DB_DATABASE: DATABASE,
    TZ: 'UTC',
    NODE_ENV: 'production',
  };
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [program, ...where, `--port=${await freePort()}`, ...subqlFlags], {
    cwd: installed,
    env,
    stdio: ['ignore', out, out],
  });
  const ended = once(child, 'exit');
  try {
    const cpu = await follow({ child, served, postgres, log });
    return { cpu, rows: await rowsOfSubql(postgres, DATABASE) };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
};

interface Followed {
  readonly child: ChildProcess;
  readonly served: Served;
  readonly postgres: Postgres;
  readonly log: string;
}

const follow = async ({ child, served, postgres, log }: Followed): Promise<number> => {
  const sql = `select value from app._metadata where key = 'lastProcessedHeight'`;
  let from: { readonly height: number; readonly cpu: number } = { height: 0, cpu: Number.NaN };
  let [before, since] = [0, Date.now()];
  for (;;) {
    const [line = '0'] = await postgres.query(DATABASE, sql).catch(() => []);
    const height = Number(line);
    const cpu = cpuOfTree(child.pid ?? 0) + postgres.cpu();
    if (height > before) [before, since] = [height, Date.now()];
    if (height >= served.blocks) return (cpu - from.cpu) / (height - from.height);
    // Time counts from the first height that it tells after it got warm, or else from the last one before.
    if (from.height < served.warm) from = { height, cpu };
    if (child.exitCode !== null || Date.now() - since > PATIENCE_MS) {
      throw new Error(`subql got stuck at block ${height}: ${readFileSync(log, 'utf8').slice(-1_500)}`);
    }
    await sleep(POLL_MS);
  }
};
