import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChainClient } from '@dmcn/chain-client';
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { freePortOffset } from '@dmcn/devnet';
import { output } from '../command.js';

const command = fileURLToPath(new URL('../../../dmcn', import.meta.url));

/** A devnet of a bench's own, driven through the command line. */
export interface BenchNetwork {
  readonly chain: ChainClient;
  /** A new directory that goes with the network. */
  readonly directory: string;
  /** Runs a verb of `dmcn` against it and returns its document. */
  dmcn<T>(...args: readonly string[]): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a devnet of one validator, its referee and one worker. Rejects where it does not come up. */
export async function startNetwork(): Promise<BenchNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'dmcn-bench-'));
  const home = join(directory, 'home');
  const parts = { validators: 1, workers: 1, indexers: 0 };
  const flags = Object.entries(parts).flatMap(([name, count]) => [`--${name}`, String(count)]);
  const offset = await freePortOffset(parts);
  const args = ['devnet', 'up', '--home', home, '--port-offset', String(offset), ...flags, '--json'];
  const devnet = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    devnet.kill('SIGINT');
    if (devnet.exitCode === null) await once(devnet, 'close');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { rpc } = JSON.parse(await firstLine(devnet)) as { readonly rpc: readonly string[] };
    const chain = await connectCosmos({ endpoints: rpc });
    return {
      chain,
      directory,
      async dmcn(...verb) {
        return JSON.parse(await output(process.execPath, [command, ...verb, '--home', home, '--json']));
      },
      async stop() {
        chain.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const piece of stdout ?? []) {
    text += piece;
    if (text.includes('\n')) return text;
  }
  throw new Error('the devnet did not come up; its last lines are above');
}
