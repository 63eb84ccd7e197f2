import type { Block, Message, SubmitOptions } from '@dmcn/chain-client';
import { HandWorker } from './hand-worker.js';
import { jobSpec, ownFeature } from './job-spec.js';
import type { Network, Person } from './network.js';

/** How many transactions of each kind wait for a block at any time. */
export interface FloodSize {
  /** Each moves coins a hundred times. */
  readonly sends: number;
  readonly bonds: number;
  readonly jobs: number;
}

/** More gas than a devnet's blocks have. */
export const usual: FloodSize = { sends: 60, bonds: 10, jobs: 10 };

/** Valid transactions of several kinds and accounts, sent as fast as blocks take them. */
export class Flood {
  #stopped = false;
  #loops: readonly Promise<void>[] = [];

  private constructor(
    private readonly senders: readonly Person[],
    private readonly owner: HandWorker,
    private readonly requester: Person,
  ) {}

  /** Makes the accounts, and a worker whose bond grows. */
  static async prepare(network: Network): Promise<Flood> {
    const senders: Person[] = [];
    for (const name of ['flood0', 'flood1', 'flood2', 'flood3'])
      senders.push(await network.person(name, 20_000_000n));
    const owner = await HandWorker.register(network, ownFeature());
    return new Flood(senders, owner, await network.person('flood-requester', 100_000_000n));
  }

  /** Starts; `stop` ends it. */
  async start(network: Network, size: FloodSize): Promise<void> {
    const { chain } = network;
    const spec = await jobSpec(network, { features: [ownFeature()] });
    const send: Message = { type: 'send', to: this.requester.address, amount: 1n };
    const submit = async (messages: readonly Message[], options: SubmitOptions) => {
      while (!this.#stopped) await chain.submit(messages, options);
    };
    const each = (n: number, start: (i: number) => Promise<void>) =>
      Array.from({ length: n }, (_, i) => start(i));
    this.#loops = [
      ...each(size.sends, (i) => {
        const { signer } = this.senders[i % this.senders.length] ?? this.requester;
        return submit(Array<Message>(100).fill(send), { signer, gasLimit: 3_000_000n });
      }),
      ...each(size.bonds, () =>
        submit([{ type: 'bond', amount: 1n }], { signer: this.owner.owner.signer, gasLimit: 300_000n }),
      ),
      ...each(size.jobs, () =>
        submit([{ type: 'submitJob', spec, maxEscrow: 1_000_000n }], {
          signer: this.requester.signer,
          gasLimit: 500_000n,
        }),
      ),
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
