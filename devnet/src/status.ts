import { answers, heightOf } from './probe.js';
import { isAlive } from './process.js';
import { type Role, readState } from './state.js';

/** What `dmcn devnet status --json` prints. */
export interface DevnetStatus {
  readonly height: number;
  readonly rpc: readonly string[];
  readonly graphql: readonly string[];
  readonly blobs: readonly string[];
  readonly faucet: string;
  readonly processes: readonly { readonly role: Role; readonly name: string; readonly pid: number }[];
  /** What does not answer; empty when all is well. */
  readonly failures: readonly string[];
}

/** Asks every part of the devnet in `home`; undefined where none runs. */
export async function devnetStatus(home: string): Promise<DevnetStatus | undefined> {
  const state = readState(home);
  if (state === undefined) return undefined;
  const failures: string[] = [];
  for (const { name, pid } of state.processes) {
    if (!isAlive(pid)) failures.push(`${name} (process ${pid}) is not running`);
  }
  const ask = async (what: string, url: string) => {
    if (!(await answers(url).catch(() => false))) failures.push(`${what} does not answer at ${url}`);
  };
  const heights = state.rpc.map(heightOf);
  await Promise.all([
    ...state.rpc.map(async (url, i) => {
      if ((await heights[i]) === undefined) failures.push(`validator${i} does not answer at ${url}`);
    }),
    ...state.blobs.map((url) => ask('blobs', `${url}/health`)),
    ...state.graphql.map((url) => ask('graphql', new URL('/ready', url).href)),
    ask('faucet', `${state.faucet}/health`),
  ]);
  const known = (await Promise.all(heights)).filter((height) => height !== undefined);
  const { rpc, graphql, blobs, faucet, processes } = state;
  return { height: Math.max(0, ...known), rpc, graphql, blobs, faucet, processes, failures };
}
