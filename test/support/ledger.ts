/** One event of a block as CometBFT tells it. */
export interface RawEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
}

/** Coins that moved from one account to another. */
export interface Transfer {
  readonly sender: string;
  readonly recipient: string;
  readonly amount: bigint;
}

/** Blocks that are asked for at the same time. */
const AT_ONCE = 32;

/** Balances, supply and fees of a devnet at any height, read from REST and from the blocks' results. */
export class Ledger {
  private readonly read = new Map<number, Promise<readonly RawEvent[]>>();

  constructor(
    private readonly rest: string,
    private readonly rpc: string,
  ) {}

  /** Balance of an account at a height, in udmc. */
  async balance(address: string, height: number): Promise<bigint> {
    const path = `/cosmos/bank/v1beta1/balances/${address}/by_denom?denom=udmc`;
    const { balance } = await this.get<{ balance: { amount: string } }>(path, height);
    return BigInt(balance.amount);
  }

  /** All udmc there are at a height. */
  async supply(height: number): Promise<bigint> {
    const path = '/cosmos/bank/v1beta1/supply/by_denom?denom=udmc';
    const { amount } = await this.get<{ amount: { amount: string } }>(path, height);
    return BigInt(amount.amount);
  }

  /** Balances of all accounts at a height. */
  async owners(height: number): Promise<Map<string, bigint>> {
    const path = '/cosmos/bank/v1beta1/denom_owners/udmc';
    type Owner = { readonly address: string; readonly balance: { readonly amount: string } };
    const owners = await this.all<Owner>(path, 'denom_owners', height);
    return new Map(owners.map(({ address, balance }) => [address, BigInt(balance.amount)]));
  }

  /** Address of a module's account. */
  async moduleAccount(name: string): Promise<string> {
    const path = `/cosmos/auth/v1beta1/module_accounts/${name}`;
    type Account = { readonly value?: Account; readonly base_account?: Account; readonly address?: string };
    const { account } = await this.get<{ account: Account }>(path);
    const { base_account: base, address = base?.address } = account.value ?? account;
    if (address === undefined) throw new Error(`no address in ${JSON.stringify(account)}`);
    return address;
  }

  /** Every item of a list at a height, over all its pages. */
  async all<T>(path: string, name: string, height?: number): Promise<T[]> {
    const items: T[] = [];
    let key: string | undefined = '';
    while (key !== undefined) {
      const query = new URLSearchParams({ 'pagination.limit': '500', ...(key && { 'pagination.key': key }) });
      type Page = Record<string, readonly T[]> & {
        readonly pagination: { readonly next_key: string | null };
      };
      const page: Page = await this.get<Page>(`${path}?${query}`, height);
      items.push(...(page[name] ?? []));
      key = page.pagination.next_key ?? undefined;
    }
    return items;
  }

  /** One REST answer, as of a height if named. */
  async get<T>(path: string, height?: number): Promise<T> {
    const headers: Record<string, string> =
      height === undefined ? {} : { 'x-cosmos-block-height': `${height}` };
    const response = await fetch(this.rest + path, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} at ${height ?? 'the head'}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** Newest height whose state can be asked for. */
  async height(): Promise<number> {
    const { response } = await this.call<{ response: { last_block_height: string } }>('abci_info');
    return Number(response.last_block_height);
  }

  /** Every event of a block: those of its transactions, then those of the block itself. Each block is read once. */
  events(height: number): Promise<readonly RawEvent[]> {
    const known = this.read.get(height);
    if (known) return known;
    const reading = this.readEvents(height);
    this.read.set(height, reading);
    reading.catch(() => this.read.delete(height));
    return reading;
  }

  private async readEvents(height: number): Promise<readonly RawEvent[]> {
    interface Results {
      readonly txs_results: readonly { readonly events?: readonly RawEvent[] }[] | null;
      readonly finalize_block_events: readonly RawEvent[] | null;
    }
    const results = await this.call<Results>(`block_results?height=${height}`);
    const ofTxs = (results.txs_results ?? []).flatMap(({ events }) => events ?? []);
    return [...ofTxs, ...(results.finalize_block_events ?? [])];
  }

  /** What an account paid for transactions, its own or those it granted, in the blocks after `from` up to `to`. */
  async fees(payer: string, from: number, to: number): Promise<bigint> {
    let sum = 0n;
    for (const event of await this.eventsBetween(from, to)) {
      if (event.type === 'tx' && attribute(event, 'fee_payer') === payer)
        sum += udmc(attribute(event, 'fee'));
    }
    return sum;
  }

  /** How many transactions an account paid for, its own or those it granted, in the blocks after `from` up to `to`. */
  async paidTransactions(payer: string, from: number, to: number): Promise<number> {
    const events = await this.eventsBetween(from, to);
    return events.filter((event) => event.type === 'tx' && attribute(event, 'fee_payer') === payer).length;
  }

  /** All transfers in the blocks after `from` up to `to`. */
  async transfers(from: number, to: number): Promise<Transfer[]> {
    const events = await this.eventsBetween(from, to);
    return events
      .filter(({ type }) => type === 'transfer')
      .map((event) => ({
        sender: attribute(event, 'sender'),
        recipient: attribute(event, 'recipient'),
        amount: udmc(attribute(event, 'amount')),
      }));
  }

  private async eventsBetween(from: number, to: number): Promise<RawEvent[]> {
    const events: RawEvent[] = [];
    for (let first = from + 1; first <= to; first += AT_ONCE) {
      const heights = Array.from({ length: Math.min(AT_ONCE, to + 1 - first) }, (_, i) => first + i);
      events.push(...(await Promise.all(heights.map((height) => this.events(height)))).flat());
    }
    return events;
  }

  private async call<T>(method: string): Promise<T> {
    const response = await fetch(`${this.rpc}/${method}`);
    const { result, error } = (await response.json()) as { result?: T; error?: unknown };
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }
}

/** An attribute of an event, empty where it has none. */
export const attribute = ({ attributes }: RawEvent, key: string): string =>
  attributes.find((each) => each.key === key)?.value ?? '';

/** The udmc of a list of coins such as `12udmc`. */
export function udmc(coins: string): bigint {
  const [, amount] = /(?:^|,)(\d+)udmc(?:,|$)/.exec(coins) ?? [];
  return BigInt(amount ?? 0);
}
