/** What a faucet gives away, in udmc. */
export interface FaucetLimits {
  /** Given when a request names no amount. */
  readonly grant: bigint;
  /** The most that one address gets from one faucet in all. */
  readonly perAddress: bigint;
}

/** A request was refused; `status` is the HTTP status for it. */
export class FaucetRefusal extends Error {
  override readonly name = 'FaucetRefusal';
  constructor(
    readonly status: 400 | 429,
    message: string,
  ) {
    super(message);
  }
}

/** What was asked for: `{"address": "dmcn1...", "amount": "1000000"}`, the amount optional. */
export interface FundRequest {
  readonly address: string;
  readonly amount: bigint;
}

/** Reads a request's body. Throws FaucetRefusal that says what is wrong with it. */
export function readFundRequest(body: string, limits: FaucetLimits): FundRequest {
  let request: { address?: unknown; amount?: unknown } | null;
  try {
    request = JSON.parse(body);
  } catch {
    throw new FaucetRefusal(400, 'the body is not JSON; send {"address": "dmcn1..."}');
  }
  const { address, amount = String(limits.grant) } = request ?? {};
  if (typeof address !== 'string' || address === '') {
    throw new FaucetRefusal(400, 'address is missing; send {"address": "dmcn1..."}');
  }
  if (typeof amount !== 'string' || !/^[1-9][0-9]{0,30}$/.test(amount)) {
    throw new FaucetRefusal(400, 'amount is not a whole number of udmc as a string, above 0');
  }
  return { address, amount: BigInt(amount) };
}

/** Remembers what each address got. */
export class Ledger {
  private readonly given = new Map<string, bigint>();
  constructor(private readonly limits: FaucetLimits) {}

  /** Counts the amount, or throws FaucetRefusal where the address would get too much. */
  take({ address, amount }: FundRequest): void {
    const total = (this.given.get(address) ?? 0n) + amount;
    if (total > this.limits.perAddress) {
      throw new FaucetRefusal(
        429,
        `${address} would get ${total} udmc; one address gets at most ${this.limits.perAddress}`,
      );
    }
    this.given.set(address, total);
  }

  /** Takes back what `take` counted for a transfer that failed. */
  giveBack({ address, amount }: FundRequest): void {
    this.given.set(address, (this.given.get(address) ?? amount) - amount);
  }
}
