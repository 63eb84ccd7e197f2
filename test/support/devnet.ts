import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { document } from './dmcn.js';
import { freeOffset } from './ports.js';
import { type Running, start } from './process.js';

/** What `dmcn devnet up --json` prints. */
export interface DevnetDocument {
  readonly home: string;
  readonly chainId: string;
  readonly rpc: readonly [string, ...string[]];
  readonly rest: readonly [string, ...string[]];
  readonly graphql: readonly [string, ...string[]];
  readonly blobs: readonly [string, ...string[]];
  readonly faucet: string;
}

/** A devnet of a test's own. */
export interface Devnet {
  readonly document: DevnetDocument;
  readonly process: Running;
  /** Ctrl-C; resolves once all is stopped. */
  stop(): Promise<void>;
}

export interface DevnetFlags {
  readonly workers: number;
  readonly validators?: number;
  /** Kinds of misbehaving workers beside the others. */
  readonly cheaters?: readonly string[];
  readonly blockTime?: string;
  /** Parameters that differ from those of a devnet, by module and name as its genesis has them; of one validator. */
  readonly params?: Params;
}

type Params = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A new empty directory. */
export const newDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'dmcn-'));

/** Starts a devnet in a home and at ports of its own, and resolves once everything answers. */
export async function startDevnet({
  workers,
  validators = 1,
  cheaters = [],
  blockTime = '1s',
  params,
}: DevnetFlags): Promise<Devnet> {
  const home = await newDirectory();
  const offset = await freeOffset();
  const where = ['--home', home, '--port-offset', offset, '--block-time', blockTime];
  if (params) await initDevnet(home, where.map(String), params);
  const args = ['devnet', 'up', ...where, '--workers', workers];
  const bad = cheaters.flatMap((kind) => ['--with-cheater', kind]);
  const process = start([...args, '--validators', validators, ...bad, '--json'].map(String));
  const stop = async () => {
    process.kill('SIGINT');
    await process.ended;
  };
  try {
    return { document: JSON.parse(await process.says(/^\{.*\}\n/, 240)), process, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes the chain that a devnet then goes on with. */
async function initDevnet(home: string, where: readonly string[], params: Params): Promise<void> {
  const parts = ['--node', '--blobs', '--faucet'].flatMap((part) => [part, 'http://127.0.0.1']);
  await document(['devnet', 'init', ...where, ...parts]);
  const file = join(home, 'chain', 'node0', 'config', 'genesis.json');
  const genesis = JSON.parse(await readFile(file, 'utf8'));
  for (const [module, changed] of Object.entries(params)) {
    const { params: known } = genesis.app_state[module];
    for (const name of Object.keys(changed))
      if (!(name in known)) throw new Error(`${module} has no ${name}`);
    Object.assign(known, changed);
  }
  await writeFile(file, JSON.stringify(genesis));
}
