import type { Block, Message } from '@dmcn/chain-client';
import { HandWorker } from './hand-worker.js';
import { jobSpec, ownFeature } from './job-spec.js';
import type { Network, Person } from './network.js';

/** How many transactions of each kind wait for a block at any time. */
export interface FloodSize {
  /** Coins that move from one account to another. */
  readonly sends: number;
  /** Five hundred lots that are bonded and withdrawn: millions of gas, and few events to read. */
  readonly lots: number;
  readonly jobs: number;
}

/** More gas than a devnet's blocks have. */
export const usual: FloodSize = { sends: 40, lots: 18, jobs: 8 };

/** Valid transactions of several kinds and accounts, sent as fast as blocks take them. */
export class Flood {
  #stopped = false;
  #loops: readonly Promise<void>[] = [];

  private constructor(
    private readonly senders: readonly Person[],
    private readonly owners: readonly Person[],
  ) {}

  /** Makes the accounts: some that have coins, and owners of workers that nobody's job draws. */
  static async prepare(network: Network): Promise<Flood> {
    const senders: Person[] = [];
    for (const name of ['flood0', 'flood1']) senders.push(await network.person(name, 200_000_000n));
    const owners: Person[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { owner } = await HandWorker.register(network, ownFeature());
      await network.chain.send(
        { to: owner.address, amount: 100_000_000n },
        { signer: network.requester.signer },
      );
      owners.push(owner);
    }
    return new Flood(senders, owners);
  }

  /** Starts; `stop` ends it. */
  async start(network: Network, size: FloodSize): Promise<void> {
    const { chain } = network;
    const [feature, amount] = [ownFeature(), 5_000_000n];
    const each = (n: number, people: readonly Person[], gasLimit: bigint, make: () => Promise<Message[]>) =>
      Array.from({ length: n }, async (_, i) => {
        const { signer } = people[i % people.length] as Person;
        while (!this.#stopped) await chain.submit(await make(), { signer, gasLimit });
      });
    const [one, two] = this.senders as [Person, Person];
    this.#loops = [
      ...each(size.sends, this.senders, 150_000n, async () => [
        { type: 'send', to: one.address, amount: 1n },
      ]),
      ...each(size.lots, this.owners, 9_000_000n, async () => [
        { type: 'bond', amount },
        { type: 'withdraw', amount },
      ]),
      ...each(size.jobs, [two], 500_000n, async () => {
        const spec = await jobSpec(network, { features: [feature] });
        return [{ type: 'submitJob', spec, maxEscrow: 1_000_000n }];
      }),
    ];
  }

  /** Resolves once all that was sent is in blocks; rejects where anything of it was refused. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }
}

/** What a row of blocks looked like; intervals in seconds, the rest for a block. */
export interface Pace {
  readonly blocks: number;
  readonly interval: number;
  readonly longest: number;
  readonly transactions: number;
  readonly gas: number;
}

/** Waits for that many further blocks and tells their pace: medians, and the longest interval. */
export async function pace(network: Network, blocks: number): Promise<Pace> {
  const { height } = await network.chain.status();
  const seen: Block[] = [];
  for await (const block of network.chain.blocks({ from: height })) {
    seen.push(block);
    if (seen.length > blocks) break;
  }
  const later = seen.slice(1);
  const intervals = later.map(({ time }, i) => (time.getTime() - (seen[i]?.time.getTime() ?? 0)) / 1_000);
  return {
    blocks,
    interval: median(intervals),
    longest: Math.max(...intervals),
    transactions: median(later.map(({ txs }) => txs.length)),
    gas: median(later.map(({ txs }) => txs.reduce((sum, { gasUsed }) => sum + Number(gasUsed), 0))),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
