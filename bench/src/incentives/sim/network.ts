import { Calendar } from './calendar.js';
import { Ledger } from './ledger.js';
import { type Purpose, uniform } from './random.js';
import { Registry } from './registry.js';
import { type Gas, newGas, newTally, type Refereed, type Tally } from './tally.js';
import { Prices } from './terms.js';
import type { Batch, Job, Kind, Outage, Party, Scenario, View, Worker } from './types.js';

/** Gas of a worker in a block of about 3 s. */
const RATE = 3_000_000_000n;

/** The state of a simulated network, and what its steps have in common. */
export class Network implements View {
  height = 0;
  /** Blocks that the chain would have made by now if it had never stopped. */
  clock = 0;
  /** Rounds of the proposer of this height that were given up. */
  proposalRound = 0;
  /** Height until which the referees have disputes to settle. */
  disputesUntil = 0;
  readonly heights = new Calendar();
  readonly clocks = new Calendar();
  readonly ledger = new Ledger(10n ** 24n);
  readonly registry: Registry;
  readonly prices: Prices;
  readonly gas: Gas = newGas();
  readonly tallies = new Map<string, Tally>();
  /** Units that requesters asked for, and of which they could read a right output. */
  readonly requests = new Map<string, { units: number; read: number }>();
  readonly queue: Batch[] = [];
  readonly coins = new Set<Batch>();
  readonly jobs: Job[] = [];
  /** Of one referee of each kind. */
  readonly refereed: Refereed = { votes: 0, honest: 0n, lazy: 0n };
  batches = 0;
  disputes = 0;
  shown = 0;
  unaudited = 0;
  pool: (() => void)[] = [];

  constructor(
    readonly scenario: Scenario,
    /** Where a batch goes that nothing is held against any more. */
    readonly toChallenge: (world: Network, batch: Batch) => void,
  ) {
    for (const { name } of scenario.parties) {
      this.tallies.set(name, newTally());
      this.ledger.move('supply', name, 10n ** 20n);
    }
    for (const account of ['requester', 'griefer']) this.ledger.move('supply', account, 10n ** 20n);
    this.prices = new Prices(scenario.rules, scenario.terms);
    this.registry = new Registry(scenario.rules, this.ledger);
    for (const party of scenario.parties)
      for (let i = 0; i < party.owners; i += 1) this.registry.register(party);
  }

  /** Sends a transaction, which the next block takes. */
  send(transaction: () => void): void {
    this.pool.push(transaction);
  }

  /** Does something at a height if the batch has not changed by then. */
  atHeight(batch: Batch, height: number, action: () => void): void {
    const { version } = batch;
    this.heights.put(Math.max(height, this.height + 1), () => {
      if (batch.version === version) action();
    });
  }

  /** A worker sends something after some time of work, or once it is back. */
  after(worker: Worker, blocks: number, transaction: () => void): void {
    this.clocks.put(this.#backAt(worker, this.clock + Math.max(1, blocks)), () => this.send(transaction));
  }

  /** Blocks that executing takes. */
  duration(units: number): number {
    return Math.ceil(Number((BigInt(units) * this.scenario.terms.gas) / RATE));
  }

  /** T_lease and the time that the units may take. */
  leaseTime(): number {
    const { rules, terms } = this.scenario;
    return rules.leaseBlocks + Math.ceil(Number((BigInt(terms.batchSize) * terms.gasLimit) / RATE));
  }

  isOnline(worker: Worker): boolean {
    return this.#backAt(worker, this.clock) === this.clock;
  }

  /** A number in [0, 1) of this run. */
  chance(purpose: Purpose, a: number, b = 0, c = 0, d = 0): number {
    return uniform(this.scenario.seed, purpose, a, b, c, d);
  }

  /** Whether the validator that proposes in a round of this height colludes: they take turns. */
  byzantineProposer(round: number): boolean {
    return (this.height + round) % this.scenario.validators < this.scenario.byzantine;
  }

  asked(account: string): { units: number; read: number } {
    const known = this.requests.get(account) ?? { units: 0, read: 0 };
    this.requests.set(account, known);
    return known;
  }

  tally({ name }: Party): Tally {
    const tally = this.tallies.get(name);
    if (tally === undefined) throw new RangeError(`no party ${name}`);
    return tally;
  }

  pay(party: Party, kind: Kind, from: string, amount: bigint): void {
    this.ledger.move(from, party.name, amount);
    this.tally(party)[kind] += amount;
  }

  charge(party: Party, kind: Kind, to: string, amount: bigint): void {
    this.ledger.move(party.name, to, amount);
    this.tally(party)[kind] -= amount;
  }

  /** Counts units that a party's device executed, and what that costs it. */
  execute(party: Party, kind: Kind, role: 'work' | 'audit' | 'verify', units: number): void {
    const { terms, cost } = this.scenario;
    const gas = BigInt(units) * terms.gas;
    this.gas[role] += gas;
    this.tally(party)[kind] -= (gas * cost) / 10n ** 9n;
  }

  #backAt(worker: Worker, clock: number): number {
    let back = clock;
    for (const outage of this.scenario.outages ?? [])
      if (outage.workers !== 'chain' && this.#covers(outage, back) && this.#hits(outage, worker))
        back = outage.to;
    return back;
  }

  /** Whether the chain makes no block now. */
  get stopped(): boolean {
    return (this.scenario.outages ?? []).some(
      (each) => each.workers === 'chain' && this.#covers(each, this.clock),
    );
  }

  #covers({ from, to }: Outage, clock: number): boolean {
    return clock >= from && clock < to;
  }

  #hits({ workers, key }: Outage, { id }: Worker): boolean {
    return workers !== 'chain' && uniform(key, 'chance', id) < workers;
  }
}
