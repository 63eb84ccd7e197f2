import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DevnetDocument, newDirectory } from './devnet.js';
import { document } from './dmcn.js';
import { freeOffset } from './ports.js';
import { until } from './until.js';

/** The program of the chain. */
export const binary =
  process.env.DMCN_DMCND ?? fileURLToPath(new URL('../../chain/build/dmcnd', import.meta.url));
const running = new Set<ChildProcess>();

/** Ends by force the nodes that a failed test left behind. */
export function endNodes(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** A chain of one validator whose process is a test's own, to be killed and started again. */
export class ChainNode {
  private child: ChildProcess | undefined;

  private constructor(
    /** As of a devnet: where its parts are, or would be if the test started them. */
    readonly document: DevnetDocument,
  ) {}

  /** Writes genesis and keys into a new home; nothing runs yet. */
  static async init(blockTime: string): Promise<ChainNode> {
    const [home, offset] = [await newDirectory(), await freeOffset()];
    const [rpc, rest, graphql, blobs, faucet] = [26_657, 1_317, 4_000, 4_001, 4_002].map(
      (port) => `http://127.0.0.1:${port + offset}`,
    ) as [string, string, string, string, string];
    const flags = ['--port-offset', String(offset), '--block-time', blockTime, '--home', home];
    const parts = ['--node', rpc, '--blobs', blobs, '--faucet', faucet];
    const { chainId } = await document<{ chainId: string }>(['devnet', 'init', ...flags, ...parts]);
    const addresses = { rpc: [rpc], rest: [rest], graphql: [`${graphql}/graphql`], blobs: [blobs] } as const;
    return new ChainNode({ home, chainId, faucet, ...addresses });
  }

  /** Starts the process; resolves once it has made a block: only then does a node that was restarted answer about its newest state. */
  async start(): Promise<void> {
    const { home, rpc } = this.document;
    const log = openSync(join(home, 'validator.log'), 'a');
    const child = spawn(binary, ['start', '--home', join(home, 'chain', 'node0')], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    running.add(child);
    this.child = child;
    const found = await until('the node to answer', () => heightOf(rpc[0]), 120);
    await until('the node to make a block', async () => ((await heightOf(rpc[0])) ?? 0) > found, 120);
  }

  /** Ends the process with -9. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    running.delete(child);
  }
}

/** Newest height that a node tells, undefined where it tells none. */
async function heightOf(rpc: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${rpc}/abci_info`);
    const { result } = (await response.json()) as { result: { response: { last_block_height?: string } } };
    return Number(result.response.last_block_height) || undefined;
  } catch {
    return undefined;
  }
}
