import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}

/** A new empty directory. */
export const newDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'dmcn-'));

/** Starts a devnet in a home and at ports of its own, and resolves once everything answers. */
export async function startDevnet({
  workers,
  validators = 1,
  cheaters = [],
  blockTime = '1s',
}: DevnetFlags): Promise<Devnet> {
  const home = await newDirectory();
  const offset = await freeOffset();
  const where = ['--home', home, '--port-offset', offset, '--block-time', blockTime];
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
