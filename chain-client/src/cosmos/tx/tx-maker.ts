import { InvalidMessageError } from '../../errors/index.js';
import type { Signer } from '../../port/signer.js';
import type { SignedTx, SubmitOptions } from '../../port/writer.js';
import type { Message } from '../../types/message.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { statusRequest } from '../rpc/requests.js';
import { accountNumber } from './account-number.js';
import { estimateGas, feeFor, type GasPrice, withMargin } from './gas.js';
import { encodeMessage } from './messages.js';
import { signTx, type TxDraft, txHash, unsignedTx } from './sign-tx.js';
import { largestSimulated, simulate } from './simulate.js';
import { dateNotBefore, ExpiryTimes } from './timestamp.js';

/** How transactions are made. */
export interface TxMakerOptions {
  readonly gasPrice: GasPrice;
  /** How long a signed transaction is good for, in milliseconds, less than the chain's ten minutes. */
  readonly lifetimeMs: number;
}

/** The chain takes expiries of up to ten minutes after its last block. */
const longestLifetimeMs = 570_000;
const shortestLifetimeMs = 5_000;
/** A node's RPC takes 1,000,000 bytes, and a transaction travels as base64. */
const largestTx = 749_000;

/** Makes transactions: what they say, what they cost, until when they are good. It reads the chain and changes nothing. */
export class TxMaker {
  readonly #expiries = new ExpiryTimes();
  readonly #accounts = new Map<Address, Promise<bigint>>();

  constructor(
    readonly context: CosmosContext,
    readonly options: TxMakerOptions,
  ) {}

  /**
   * A transaction that would pass now, with its gas simulated. Throws `InvalidMessageError`, `NotFoundError` for a signer
   * that the chain has never heard of, `ChainRejectedError`.
   */
  async draft(
    messages: readonly Message[],
    { signer, feeGranter, memo, gasLimit }: SubmitOptions,
  ): Promise<TxDraft> {
    if (messages.length === 0) throw new InvalidMessageError('messages', 'must not be empty');
    await this.#accountNumber(signer.address);
    const { expiry } = await this.#expiry(signer, this.options.lifetimeMs);
    const draft: TxDraft = {
      messages: await Promise.all(messages.map((message) => encodeMessage(message, signer.address))),
      memo: memo ?? '',
      expiry,
      gasLimit: 0n,
      fee: 0n,
      feeGranter,
    };
    const trial = unsignedTx(draft, signer.publicKey);
    if (trial.length > largestTx) {
      throw new InvalidMessageError(
        'transaction',
        `has ${trial.length} bytes, more than the ${largestTx} that fit`,
      );
    }
    return this.withGas(draft, gasLimit ?? (await this.#gasOf(messages, trial)));
  }

  /** The same transaction with another gas limit, and the fee for it. */
  withGas(draft: TxDraft, gasLimit: bigint): TxDraft {
    return { ...draft, gasLimit, fee: feeFor(gasLimit, this.options.gasPrice) };
  }

  /** The transaction with an expiry of its own, not long after `until` (milliseconds since 1970), and a signature. */
  async sign(draft: TxDraft, signer: Signer, until: number): Promise<SignedTx> {
    const domain = {
      chainId: this.context.chainId,
      accountNumber: await this.#accountNumber(signer.address),
    };
    const lifetime = Math.min(this.options.lifetimeMs, Math.max(until - Date.now(), shortestLifetimeMs));
    const { expiry, height } = await this.#expiry(signer, lifetime);
    const bytes = await signTx({ ...draft, expiry }, domain, signer);
    return { hash: txHash(bytes), bytes, expires: dateNotBefore(expiry), since: height };
  }

  async #gasOf(messages: readonly Message[], trial: Uint8Array): Promise<bigint> {
    if (trial.length > largestSimulated) return estimateGas(messages, trial.length);
    return withMargin(await simulate(this.context, trial));
  }

  /** An expiry that is good both by our clock and by the chain's, and the newest height. */
  async #expiry({ address }: Signer, lifetimeMs: number): Promise<{ expiry: bigint; height: number }> {
    const { height, time } = await this.context.rpc.call(statusRequest);
    const wanted = Math.max(Date.now(), time.getTime()) + lifetimeMs;
    const latest = time.getTime() + longestLifetimeMs;
    return { expiry: this.#expiries.next(address, new Date(Math.min(wanted, latest))), height };
  }

  #accountNumber(address: Address): Promise<bigint> {
    const known = this.#accounts.get(address) ?? accountNumber(this.context, address);
    this.#accounts.set(address, known);
    known.catch(() => this.#accounts.delete(address));
    return known;
  }
}
