import { join } from 'node:path';
import type { EventData, Slash } from '@dmcn/chain-client';
import { expect } from 'vitest';
import { CheaterProcess } from '../../support/cheater-process.js';
import { Chronicle } from '../../support/chronicle.js';
import { type Devnet, newDirectory, startDevnet } from '../../support/devnet.js';
import { type Fortune, fortuneOf, type Purses } from '../../support/fortune.js';
import { Network } from '../../support/network.js';
import { digits } from '../../support/programs.js';
import { WorkerProcess } from '../../support/worker-process.js';
import { CheckedJob, Truth } from '../../support/wrong-work.js';

/** A feature of each kind, which its cheater and the honest workers have. */
export const kinds = ['sparse', 'sleeper', 'lazy-auditor', 'withholder', 'squatter', 'leaker'] as const;
export type Kind = (typeof kinds)[number];
/** The cheaters by their names: one of each kind, and the accomplice of the leaker. */
export type Name = Kind | 'copier';
export type Honest = 'auditor' | 'worker';

const UNITS = 10;
/** More than jobs pay: whoever asks that is drawn for audits only. */
const AUDITS_ONLY = ['--ask', '1000000'];
/** All that is bonded holds the lease of one batch, and not of a second one. */
const BOND = ['--bond', '0.1dmc'];
/** What one waits for only to see that nobody did anything is shorter than on a devnet; what others need on a busy machine is longer. */
const PARAMS = {
  task: {
    ...{ withheld_blocks: '20', lease_blocks: '60', open_blocks: '80' },
    ...{ accept_blocks: '400', audit_blocks: '600', challenge_blocks: '240', data_blocks: '600' },
  },
  worker: { min_rate: '100000', lapse_lock: '600' },
};
/** A speed that gives a lease a thousand blocks more for each unit, and one that gives it next to none. */
const [SLOW, FAST] = [
  ['--rate', '1e5'],
  ['--rate', '1e9'],
];

type Flags = readonly string[];

/** A network with a cheater of each kind and one honest auditor, that an honest worker joins when the cheaters hold their leases. */
export class Scene {
  private readonly known = new Map<Name | Honest, Purses & { readonly since: number }>();

  private constructor(
    private readonly devnet: Devnet,
    readonly network: Network,
    readonly chronicle: Chronicle,
    readonly truth: Truth,
  ) {}

  static async start(): Promise<Scene> {
    const [devnet, truth] = await Promise.all([
      startDevnet({ workers: 0, blockTime: '500ms', params: PARAMS }),
      Truth.of(UNITS),
    ]);
    const network = await Network.open(devnet.document);
    const scene = new Scene(devnet, network, Chronicle.of(network.chain), truth);
    await Promise.all([network.json('module', 'publish', digits), scene.gather()]);
    return scene;
  }

  /** Starts the cheaters and the auditor. */
  private async gather(): Promise<void> {
    const home = await newDirectory();
    const at = (name: Name) => join(home, name);
    const launch = async (kind: Kind, name: Name, ...flags: Flags) => {
      const cheater = CheaterProcess.launch(
        this.network,
        kind,
        at(name),
        '--feature',
        kind,
        ...BOND,
        ...flags,
      );
      await this.know(name, await cheater.ready());
    };
    const together = (name: Name, part: string) => ['--part', part, '--accomplice', at(name)];
    const works = (...rate: Flags) => ['--ask', '500', ...rate];
    await Promise.all([
      ...(['sparse', 'sleeper', 'withholder'] as const).map((kind) => launch(kind, kind, ...works(...SLOW))),
      launch('squatter', 'squatter', ...works(...FAST)),
      launch('lazy-auditor', 'lazy-auditor', ...AUDITS_ONLY),
      launch('leaker', 'leaker', ...works(...SLOW), ...together('copier', 'worker')),
      launch('leaker', 'copier', ...AUDITS_ONLY, ...together('leaker', 'copier')),
      this.join('auditor', ...AUDITS_ONLY),
    ]);
  }

  /** Starts an honest worker with every feature. */
  async join(name: Honest, ...flags: Flags): Promise<void> {
    const features = kinds.flatMap((kind) => ['--feature', kind]);
    const worker = await WorkerProcess.start(this.network, [
      ...features,
      '--bond',
      '0.5dmc',
      ...SLOW,
      ...flags,
    ]);
    await this.know(name, worker.owner);
  }

  private async know(name: Name | Honest, owner: string): Promise<void> {
    const { worker } = await this.network.chain.worker(owner);
    const since = await this.network.ledger.height();
    this.known.set(name, { owner, operator: worker.operator, since });
  }

  /** The accounts of somebody who is there, and a height at which it had earned nothing yet. */
  of(name: Name | Honest): Purses & { readonly since: number } {
    const known = this.known.get(name);
    if (known === undefined) throw new Error(`there is no ${name} yet`);
    return known;
  }

  /** A job of one batch, unless flags say otherwise, for workers with the feature of a kind, by a new requester. */
  async job(kind: Kind, ...flags: Flags): Promise<CheckedJob> {
    const requester = await this.network.person(kind, 20_000_000n);
    return CheckedJob.start(this.network, this.truth, requester, '--feature', kind, ...flags);
  }

  /** A job that a cheater has taken the first batch of. */
  async jobOf(name: Kind, ...flags: Flags): Promise<CheckedJob> {
    const job = await this.job(name, ...flags);
    const [id, owner] = [await job.id(), this.of(name).owner];
    await this.chronicle.first(
      'BatchStateChanged',
      ({ jobId, newState, worker }) => jobId === id && worker === owner && newState === 'Leased',
    );
    return job;
  }

  /** What an owner lost, once it is paid out and burned. */
  async slashed(name: Name, kind: Slash['kind'], jobId: bigint): Promise<Slash> {
    const owner = this.of(name).owner;
    const isIt = ({ slash }: EventData['SlashReleased']) =>
      slash.owner === owner && slash.kind === kind && slash.jobId === jobId;
    const { slash } = await this.chronicle.first('SlashReleased', isIt);
    expect(this.chronicle.all('SlashHeld', (held) => held.slash.owner === owner)).toHaveLength(1);
    return slash;
  }

  /** A verdict is against it: it is out of every draw. */
  async expectJailed(name: Name): Promise<void> {
    const { worker, keptOut } = await this.network.chain.worker(this.of(name).owner);
    expect([worker.status, worker.frauds, keptOut], name).toEqual(['Jailed', 1, ['jailed']]);
  }

  /** What somebody earned and lost until now, which its accounts confirm. */
  async fortune(name: Name | Honest): Promise<Fortune> {
    const { since, ...purses } = this.of(name);
    const fortune = await fortuneOf(this.network, this.chronicle, purses, since, this.chronicle.height);
    const { earned, lost, fees, change } = fortune;
    expect(change, `what ${name} has more than before`).toBe(earned - lost - fees);
    return fortune;
  }

  async stop(): Promise<void> {
    this.chronicle.stop();
    this.network.close();
    await this.devnet.stop();
  }
}
