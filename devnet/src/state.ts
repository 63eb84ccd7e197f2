import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { paths } from './layout.js';

export const roles = [
  'validator',
  'blobs',
  'faucet',
  'indexer',
  'graphql',
  'referee',
  'worker',
  'cheater',
] as const;
export type Role = (typeof roles)[number];

/** A running process of a devnet. */
export interface DevnetProcess {
  readonly role: Role;
  /** Its name among its kind, such as `worker0`; also the name of its log. */
  readonly name: string;
  readonly pid: number;
}

/** What a devnet writes about itself into its home, for every other command. */
export interface DevnetState {
  readonly chainId: string;
  readonly rpc: readonly string[];
  readonly grpc: readonly string[];
  readonly rest: readonly string[];
  readonly graphql: readonly string[];
  readonly blobs: readonly string[];
  readonly faucet: string;
  /** The process that supervises the others. */
  readonly supervisor: number;
  readonly processes: readonly DevnetProcess[];
}

/** The state of the devnet in `home`, or undefined where none was started or it was stopped. */
export function readState(home: string): DevnetState | undefined {
  try {
    return JSON.parse(readFileSync(paths.state(home), 'utf8')) as DevnetState;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${paths.state(home)} cannot be read; remove it if no devnet runs there`, { cause });
  }
}

/** Replaces the state atomically. */
export function writeState(home: string, state: DevnetState): void {
  const path = paths.state(home);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
}

export function removeState(home: string): void {
  rmSync(paths.state(home), { force: true });
}
