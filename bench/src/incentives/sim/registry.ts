import type { Rules } from '../rules.js';
import type { Ledger } from './ledger.js';
import type { Party, Worker } from './types.js';
import { lotsOf } from './worker.js';

const FIRST_AVAILABILITY = 5_000;

/** All workers, and the index of bond lots in which each full lot has one slot. */
export class Registry {
  readonly workers: Worker[] = [];
  #slots: Worker[] | undefined;

  constructor(
    readonly rules: Rules,
    readonly ledger: Ledger,
  ) {}

  /** Bonds a new owner of a party. */
  register(party: Party): Worker {
    const { bond, record = 0, finals = 0 } = party;
    const worker: Worker = {
      ...{
        id: this.workers.length,
        party,
        bond,
        locked: 0n,
        reserved: 0n,
        load: 0,
        status: 'active',
        missed: 0,
      },
      ...{ standing: record, availability: FIRST_AVAILABILITY, finals, frauds: 0, lapses: [] },
      ...{ wrong: 0, firstWrong: 0 },
    };
    this.ledger.move(party.name, 'bonds', bond);
    this.workers.push(worker);
    this.#slots = undefined;
    return worker;
  }

  get slots(): readonly Worker[] {
    this.#slots ??= this.workers.flatMap((worker) =>
      Array.from({ length: lotsOf(worker, this.rules) }, () => worker),
    );
    return this.#slots;
  }

  /** Share of all slots that a party has. */
  share({ name }: Party): number {
    return this.slots.filter(({ party }) => party.name === name).length / this.slots.length;
  }

  lock(worker: Worker, amount: bigint): void {
    if (worker.bond - worker.locked < amount)
      throw new RangeError(`worker ${worker.id} has too little free bond`);
    worker.locked += amount;
  }

  unlock(worker: Worker, amount: bigint): void {
    if (worker.locked < amount) throw new RangeError(`worker ${worker.id} has less than ${amount} locked`);
    worker.locked -= amount;
    this.#withdraw(worker);
  }

  /** Takes locked bond away, to an account. */
  forfeit(worker: Worker, amount: bigint, to: string): void {
    worker.locked -= amount;
    worker.bond -= amount;
    this.ledger.move('bonds', to, amount);
    this.#slots = undefined;
  }

  setStatus(worker: Worker, status: Worker['status']): void {
    worker.status = status;
    this.#slots = undefined;
    this.#withdraw(worker);
  }

  /** Whoever is never to be drawn again takes out what is free. */
  #withdraw(worker: Worker): void {
    if (worker.status !== 'tombstoned' && !(worker.status === 'jailed' && worker.party.returns)) return;
    const free = worker.bond - worker.locked;
    worker.bond -= free;
    this.ledger.move('bonds', worker.party.name, free);
  }
}
