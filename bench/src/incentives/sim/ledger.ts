/** Where all udmc are. Amounts only move; what is burned moves to `burned`. */
export class Ledger {
  readonly #balances = new Map<string, bigint>();

  constructor(readonly supply: bigint) {
    this.#balances.set('supply', supply);
  }

  balance(account: string): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  /** Throws `RangeError` for a negative amount, or more than there is. */
  move(from: string, to: string, amount: bigint): void {
    const left = this.balance(from) - amount;
    if (amount < 0n || left < 0n) throw new RangeError(`cannot move ${amount} from ${from} to ${to}`);
    this.#balances.set(from, left);
    this.#balances.set(to, this.balance(to) + amount);
  }

  /** The sum of all accounts, which never changes. */
  total(): bigint {
    let sum = 0n;
    for (const balance of this.#balances.values()) sum += balance;
    return sum;
  }
}
