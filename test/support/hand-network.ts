import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainNode } from './chain-node.js';
import { Network } from './network.js';
import { type Running, start } from './process.js';
import { until } from './until.js';

/** A process of the command line that a test kills and starts again. */
class Service {
  private running: Running | undefined;

  constructor(
    private readonly url: string,
    private readonly args: readonly string[],
  ) {}

  /** Resolves once it answers. */
  async start(): Promise<void> {
    this.running = start(this.args);
    await until(`${this.args.slice(0, 2).join(' ')} to answer`, () => answers(`${this.url}/health`), 60);
  }

  async kill(): Promise<void> {
    this.running?.kill('SIGKILL');
    await this.running?.ended;
  }
}

/** A network of one validator, blob store and faucet, each in a test's own hands. Workers are added by the test. */
export class HandNetwork {
  private constructor(
    readonly network: Network,
    readonly node: ChainNode,
    readonly blobs: Service,
    private readonly faucet: Service,
  ) {}

  static async start(blockTime: string): Promise<HandNetwork> {
    const node = await ChainNode.init(blockTime);
    const { home, rpc, blobs, faucet } = node.document;
    const dir = join(home, 'blobs');
    await mkdir(dir, { recursive: true });
    const at = ['--dir', dir, '--port', portOf(blobs[0]), '--node', rpc[0]];
    const store = new Service(blobs[0], ['blobs', 'start', ...at]);
    const where = ['--home', join(home, 'faucet'), '--port', portOf(faucet), '--node', rpc[0]];
    const giver = new Service(faucet, ['faucet', 'start', ...where]);
    await node.start();
    await Promise.all([store.start(), giver.start()]);
    return new HandNetwork(await Network.open(node.document), node, store, giver);
  }

  async stop(): Promise<void> {
    this.network.close();
    await Promise.all([this.blobs.kill(), this.faucet.kill(), this.node.kill()]);
  }
}

const portOf = (url: string): string => new URL(url).port;

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
