import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { newDirectory } from './devnet.js';
import type { Network } from './network.js';
import { type Running, start } from './process.js';
import { until } from './until.js';

/** What `worker.json` says. */
interface Doing {
  readonly state: string;
  readonly owner: string;
  readonly done?: number;
  readonly pid: number;
}

/** A worker started by the command line in a home of its own. */
export class WorkerProcess {
  private constructor(
    readonly home: string,
    readonly owner: string,
    /** What its account has beside the bond, before it earns anything. */
    readonly rest: bigint,
    readonly bond: bigint,
    /** Height at which it had that. */
    readonly since: number,
    private readonly where: readonly string[],
    private flags: readonly string[],
    private process: Running,
  ) {}

  /** Starts a worker that makes its keys, is funded by the faucet, registers and bonds; resolves once it waits for work. */
  static async start(network: Network, flags: readonly string[]): Promise<WorkerProcess> {
    const home = await newDirectory();
    const { rpc, blobs, faucet } = network.devnet;
    const nodes = rpc.flatMap((url) => ['--node', url]);
    const where = ['worker', 'start', '--home', home, ...nodes, '--blobs', blobs[0], '--faucet', faucet];
    const process = start([...where, ...flags]);
    const doing = await until('the worker to be ready', () => readDoing(home, process), 90);
    const since = await network.ledger.height();
    const [rest, { worker }] = await Promise.all([
      network.ledger.balance(doing.owner, since),
      network.chain.worker(doing.owner),
    ]);
    return new WorkerProcess(home, doing.owner, rest, worker.bond, since, where, flags, process);
  }

  /** What it is doing. */
  async doing(): Promise<Doing> {
    return JSON.parse(await readFile(join(this.home, 'worker.json'), 'utf8'));
  }

  /** Ends it by force. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    expect((await this.process.ended).code).toBeNull();
  }

  /** Starts it again with what its home has, with the same flags or others. */
  restart(flags = this.flags): void {
    this.flags = flags;
    this.process = start([...this.where, ...flags]);
  }

  /** Resolves once it, started again, waits for work. */
  async ready(): Promise<void> {
    await until('the worker to be ready again', async () => {
      const doing = await readDoing(this.home, this.process);
      return doing?.pid === this.process.pid;
    });
  }

  /** Interrupts it: it leaves the draw, finishes what it holds, and succeeds. */
  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    const { code, stderr } = await this.process.ended;
    expect(code, stderr).toBe(0);
    expect((await this.doing()).state).toBe('stopped');
  }
}

async function readDoing(home: string, process: Running): Promise<Doing | undefined> {
  const ended = await Promise.race([process.ended, Promise.resolve(undefined)]);
  if (ended) throw new Error(`the worker ended with ${ended.code}: ${ended.stderr}`);
  try {
    const doing: Doing = JSON.parse(await readFile(join(home, 'worker.json'), 'utf8'));
    return doing.state === 'idle' ? doing : undefined;
  } catch {
    return undefined;
  }
}
