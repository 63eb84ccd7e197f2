import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Slash, WorkerRecord } from '@dmcn/chain-client';
import type { Network } from './network.js';
import { type Running, start } from './process.js';
import { until } from './until.js';

/** One process of a cheater, started by the command line in a home of its own. */
export class CheaterProcess {
  private constructor(
    readonly home: string,
    private readonly network: Network,
    private readonly process: Running,
  ) {}

  /** Launches one process of a kind in a home, with flags of a worker. */
  static launch(network: Network, kind: string, home: string, ...flags: readonly string[]): CheaterProcess {
    const { rpc, blobs, faucet } = network.devnet;
    const where = ['--home', home, '--node', rpc[0], '--blobs', blobs[0], '--faucet', faucet];
    return new CheaterProcess(home, network, start(['devnet', 'cheat', kind, ...where, ...flags]));
  }

  /** Its owner, once it waits for work. */
  ready(): Promise<string> {
    return readyOwner(this.home);
  }

  async record(): Promise<WorkerRecord> {
    return this.network.chain.worker(await this.ready());
  }

  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    await this.process.ended;
  }
}

/** Owner of the worker in a home, once it is registered. */
export const readyOwner = (home: string): Promise<string> =>
  until(
    `a worker in ${home}`,
    async () => {
      const text = await readFile(join(home, 'worker.json'), 'utf8').catch(() => undefined);
      const { state, owner } = JSON.parse(text ?? '{}') as { state?: string; owner?: string };
      return ['starting', 'settling', 'registering', undefined].includes(state) ? undefined : owner;
    },
    150,
  );

/** All slashes of a chain up to now: those that are held, and what became of each. */
export async function slashesOf(
  network: Network,
  from: number,
): Promise<{ held: Slash[]; released: Map<bigint, bigint> }> {
  const held: Slash[] = [];
  const released = new Map<bigint, bigint>();
  const { height: head } = await network.chain.status();
  for (let height = from; height <= head; height += 1) {
    const { events } = await network.chain.fetchBlock(height);
    for (const { type, data } of events) {
      if (type === 'SlashHeld') held.push(data.slash);
      if (type === 'SlashReleased') released.set(data.slash.id, data.burned);
    }
  }
  return { held, released };
}
