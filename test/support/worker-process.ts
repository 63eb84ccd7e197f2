import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from '@dmcn/chain-client';
import { expect } from 'vitest';
import { newDirectory } from './devnet.js';
import type { Network } from './network.js';
import { type Ended, type Running, start } from './process.js';

/** What `worker.json` says. */
export interface Doing {
  readonly state: string;
  readonly owner: string;
  readonly done?: number;
  readonly pid: number;
}

/** Where a worker finds things, if not where the devnet has them. */
export interface Places {
  readonly rpc?: string;
  readonly blobs?: string;
}

/** How often a state is looked for: it can be as short as a block. */
const LOOK_MS = 20;

/** A worker started by the command line in a home of its own. */
export class WorkerProcess {
  owner = '';
  bond = 0n;
  /** What its account had beside the bond, before it earned anything. */
  rest = 0n;
  /** Height at which it had that. */
  since = 0;
  /** What it said in the processes before this one. */
  private said = '';

  private constructor(
    readonly home: string,
    private readonly network: Network,
    private readonly where: readonly string[],
    private flags: readonly string[],
    private process: Running,
  ) {}

  /** Starts a worker that makes its keys, is funded by the faucet, registers and bonds. */
  static async launch(
    network: Network,
    flags: readonly string[],
    { rpc, blobs }: Places = {},
  ): Promise<WorkerProcess> {
    const home = await newDirectory();
    const { devnet } = network;
    const nodes = rpc === undefined ? devnet.rpc : [rpc];
    const where = ['--home', home, '--blobs', blobs ?? devnet.blobs[0], '--faucet', devnet.faucet];
    const command = ['worker', 'start', ...where, ...nodes.flatMap((url) => ['--node', url])];
    return new WorkerProcess(home, network, command, flags, start([...command, ...flags]));
  }

  /** Launches a worker and waits until it waits for work. */
  static async start(network: Network, flags: readonly string[], places?: Places): Promise<WorkerProcess> {
    const worker = await WorkerProcess.launch(network, flags, places);
    await worker.ready();
    return worker;
  }

  /** Resolves when it waits for work, started for the first time or again. */
  async ready(): Promise<void> {
    const { chain, ledger } = this.network;
    const { owner } = await this.reaches('idle');
    if (this.owner !== '') return;
    const since = await ledger.height();
    const [rest, { worker }] = await Promise.all([ledger.balance(owner, since), chain.worker(owner)]);
    Object.assign(this, { owner, since, rest, bond: worker.bond });
  }

  /** What it is doing. */
  async doing(): Promise<Doing> {
    return JSON.parse(await readFile(join(this.home, 'worker.json'), 'utf8'));
  }

  /** What the chain has of it. */
  async record(): Promise<Worker> {
    return (await this.network.chain.worker(this.owner)).worker;
  }

  /** Waits until its process is in a state. */
  async reaches(state: string, isSo: (doing: Doing) => boolean = () => true, seconds = 120): Promise<Doing> {
    const end = Date.now() + seconds * 1_000;
    for (;;) {
      const doing = await this.doing().catch(() => undefined);
      if (doing?.pid === this.process.pid && doing.state === state && isSo(doing)) return doing;
      const ended = await Promise.race([this.process.ended, sleep(LOOK_MS)]);
      if (ended) throw new Error(`the worker ended with ${ended.code}: ${ended.stderr}`);
      if (Date.now() > end) {
        throw new Error(`waited ${seconds} s in vain for a worker to be ${state}: ${this.stderr()}`);
      }
    }
  }

  /** Resolves once it has said something, in its present process. */
  says(pattern: RegExp, seconds = 120): Promise<string> {
    return this.process.says(pattern, seconds);
  }

  /** How often it has said something, in all its processes. */
  timesSaid(pattern: RegExp): number {
    return this.stderr().match(new RegExp(pattern, 'g'))?.length ?? 0;
  }

  /** The process that runs its units. */
  unitProcess(): number {
    const args = ['-o', 'pid=', '--ppid', String(this.process.pid)];
    return Number(execFileSync('ps', args, { encoding: 'utf8' }).trim().split('\n')[0]);
  }

  /** Ends it by force. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    expect((await this.end()).code).toBeNull();
  }

  /** Its command line. */
  get args(): readonly string[] {
    return [...this.where, ...this.flags];
  }

  /** Starts it again with what its home has, with the same flags or others. */
  restart(flags = this.flags): void {
    this.flags = flags;
    this.said = this.stderr();
    this.process = start(this.args);
  }

  /** Interrupts it once; it goes on with what it holds. */
  interrupt(): void {
    this.process.kill('SIGINT');
  }

  /** How it ended. */
  end(): Promise<Ended> {
    return this.process.ended;
  }

  /** Interrupts it: it leaves the draw, finishes what it holds, and succeeds. */
  async stop(): Promise<void> {
    this.interrupt();
    const { code, stderr } = await this.end();
    expect(code, stderr).toBe(0);
    expect((await this.doing()).state).toBe('stopped');
  }

  private stderr(): string {
    return this.said + this.process.stderr();
  }
}
