import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ChainClient, Signer } from '@dmcn/chain-client';
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { Keystore } from '@dmcn/chain-client/node';
import { expect } from 'vitest';
import type { DevnetDocument } from './devnet.js';
import { document } from './dmcn.js';
import { Ledger } from './ledger.js';
import { type Ended, run } from './process.js';

/** An account of the devnet's home: a key that the command line knows by its name. */
export interface Person {
  readonly name: string;
  readonly address: string;
  readonly signer: Signer;
}

/** A devnet with everything that a test asks it through. */
export class Network {
  private constructor(
    readonly devnet: DevnetDocument,
    readonly chain: ChainClient,
    readonly ledger: Ledger,
    /** The account that the devnet funds. */
    readonly requester: Person,
    private readonly keys: Keystore,
  ) {}

  static async open(devnet: DevnetDocument): Promise<Network> {
    const chain = await connectCosmos({ endpoints: devnet.rpc, chainId: devnet.chainId });
    const keys = new Keystore(join(devnet.home, 'keys'), 'plain');
    const ledger = new Ledger(devnet.rest[0], devnet.rpc[0]);
    return new Network(devnet, chain, ledger, await person(keys, 'requester'), keys);
  }

  /** A command line that talks to this devnet. */
  at(...args: readonly (string | number | bigint)[]): string[] {
    return [...args.map(String), '--home', this.devnet.home];
  }

  /** Runs a verb with --json that has to succeed. */
  json<T>(...args: readonly (string | number | bigint)[]): Promise<T> {
    return document<T>(this.at(...args));
  }

  /** Runs a verb that has to end with an exit code and to say something on stderr. */
  async ends(code: number, args: readonly (string | number | bigint)[], says: RegExp): Promise<Ended> {
    const ended = await run(this.at(...args));
    expect(ended.stderr).toMatch(says);
    expect(ended.code, ended.stderr).toBe(code);
    return ended;
  }

  /** A new account of the home with coins, in udmc. */
  async person(name: string, amount: bigint): Promise<Person> {
    const unique = `${name}-${randomBytes(4).toString('hex')}`;
    await this.keys.create(unique);
    const made = await person(this.keys, unique);
    if (amount > 0n) await this.chain.send({ to: made.address, amount }, { signer: this.requester.signer });
    return made;
  }

  /**
   * Runs `act` and expects that each account has afterwards what it had before, less the fees of its transactions and
   * with what `expected` names gained or lost.
   */
  async balancesAfter<T>(
    accounts: readonly string[],
    act: () => Promise<T>,
    expected: (result: T) => Readonly<Record<string, bigint>> = () => ({}),
  ): Promise<T> {
    const from = await this.ledger.height();
    const before = await Promise.all(accounts.map((account) => this.ledger.balance(account, from)));
    const result = await act();
    const to = await this.ledger.height();
    const gained = expected(result);
    for (const [i, account] of accounts.entries()) {
      const fees = await this.ledger.fees(account, from, to);
      const change = (await this.ledger.balance(account, to)) - (before[i] ?? 0n) + fees;
      expect(change, `what ${account} gained from height ${from} to ${to}`).toBe(gained[account] ?? 0n);
    }
    return result;
  }

  close(): void {
    this.chain.close();
  }
}

async function person(keys: Keystore, name: string): Promise<Person> {
  const signer = await (await keys.load(name)).signer();
  return { name, address: signer.address, signer };
}
