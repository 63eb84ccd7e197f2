import {
  BadResponseError,
  ChainRejectedError,
  EndpointUnreachableError,
  InvalidMessageError,
  TransactionExpiredError,
} from '../../errors/index.js';
import type { SignedTx, SubmitOptions, WaitOptions } from '../../port/writer.js';
import type { Message } from '../../types/message.js';
import type { Address } from '../../types/primitives.js';
import type { Receipt } from '../../types/receipt.js';
import { Limiter } from '../../util/limiter.js';
import { sleep } from '../../util/sleep.js';
import type { CosmosContext } from '../context.js';
import { statusRequest } from '../rpc/requests.js';
import { accountNumber } from './account-number.js';
import { Broadcaster, isAboutExpiry, type Patience } from './broadcaster.js';
import { estimateGas, feeFor, type GasPrice, withMargin } from './gas.js';
import { encodeMessage } from './messages.js';
import { signTx, type TxDraft, txHash, unsignedTx } from './sign-tx.js';
import { largestSimulated, simulate } from './simulate.js';
import { dateNotBefore, ExpiryTimes } from './timestamp.js';
import { toReceipt } from './tx-record.js';

/** How transactions are made. */
export interface SubmitterOptions {
  readonly gasPrice: GasPrice;
  /** How long a signed transaction is good for, in milliseconds, less than the chain's ten minutes. */
  readonly lifetimeMs: number;
  /** Transactions of one signer that wait for a block at once; more queue up. */
  readonly inFlight: number;
}

const defaultTimeoutMs = 120_000;
/** The chain takes expiries of up to ten minutes after its last block. */
const longestLifetimeMs = 570_000;
/** A node's RPC takes 1,000,000 bytes, and a transaction travels as base64. */
const largestTx = 749_000;
/** Before a transaction is made anew. */
const remakeMs = 200;
/** How often a transaction that ran out of gas is made again with more. */
const gasRaises = 2;

/** Makes transactions from messages, and makes them anew where one surely was not and never will be executed. */
export class Submitter {
  readonly #limiter: Limiter;
  readonly #broadcaster: Broadcaster;
  readonly #expiries = new ExpiryTimes();
  readonly #accounts = new Map<Address, Promise<bigint>>();

  constructor(
    readonly context: CosmosContext,
    readonly options: SubmitterOptions,
  ) {
    this.#limiter = new Limiter(options.inFlight);
    this.#broadcaster = new Broadcaster(context);
  }

  /** See `ChainWriter.submit`. */
  submit(messages: readonly Message[], options: SubmitOptions): Promise<Receipt> {
    return this.#limiter.run(options.signer.address, () => this.#submit(messages, options));
  }

  /** See `ChainWriter.resume`. */
  resume(tx: SignedTx, { timeoutMs = defaultTimeoutMs, signal }: WaitOptions = {}): Promise<Receipt> {
    return this.#include(tx, { until: Date.now() + timeoutMs, signal }, false);
  }

  async #include(tx: SignedTx, patience: Patience, fresh: boolean): Promise<Receipt> {
    return toReceipt(await this.#broadcaster.include(tx, patience, fresh));
  }

  async #submit(messages: readonly Message[], options: SubmitOptions): Promise<Receipt> {
    const { timeoutMs = defaultTimeoutMs, signal } = options;
    const until = Date.now() + timeoutMs;
    let draft = await patiently(() => this.#draft(messages, options), { until, signal });
    for (let raises = 0; ; ) {
      signal?.throwIfAborted();
      const tx = await patiently(() => this.#sign(draft, options, until), { until, signal });
      await options.onSigned?.(tx);
      try {
        return await this.#include(tx, { until, signal }, true);
      } catch (error) {
        if (
          error instanceof ChainRejectedError &&
          error.reason === 'OutOfGas' &&
          !options.gasLimit &&
          raises < gasRaises
        ) {
          draft = this.#priced(draft, 2n * draft.gasLimit);
          raises += 1;
        } else if (!canBeMadeAnew(error) || Date.now() > until) throw error;
        await sleep(remakeMs, signal);
      }
    }
  }

  async #draft(
    messages: readonly Message[],
    { signer, feeGranter, memo, gasLimit }: SubmitOptions,
  ): Promise<TxDraft> {
    if (messages.length === 0) throw new InvalidMessageError('messages', 'must not be empty');
    const draft: TxDraft = {
      messages: await Promise.all(messages.map((message) => encodeMessage(message, signer.address))),
      memo: memo ?? '',
      expiry: this.#expiries.next(signer.address, await this.#expiryTime(this.options.lifetimeMs)),
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
    return this.#priced(draft, gasLimit ?? (await this.#gasOf(messages, trial)));
  }

  async #gasOf(messages: readonly Message[], trial: Uint8Array): Promise<bigint> {
    if (trial.length > largestSimulated) return estimateGas(messages, trial.length);
    return withMargin(await simulate(this.context, trial));
  }

  #priced(draft: TxDraft, gasLimit: bigint): TxDraft {
    return { ...draft, gasLimit, fee: feeFor(gasLimit, this.options.gasPrice) };
  }

  async #sign(draft: TxDraft, { signer }: SubmitOptions, until: number): Promise<SignedTx> {
    const domain = {
      chainId: this.context.chainId,
      accountNumber: await this.#accountNumber(signer.address),
    };
    const { height, time } = await this.context.rpc.call(statusRequest);
    const lifetime = Math.min(this.options.lifetimeMs, Math.max(until - Date.now(), 5_000));
    const expiry = this.#expiries.next(signer.address, expiryAfter(time, lifetime));
    const bytes = await signTx({ ...draft, expiry }, domain, signer);
    return { hash: txHash(bytes), bytes, expires: dateNotBefore(expiry), since: height };
  }

  async #expiryTime(lifetimeMs: number): Promise<Date> {
    const { time } = await this.context.rpc.call(statusRequest);
    return expiryAfter(time, lifetimeMs);
  }

  #accountNumber(address: Address): Promise<bigint> {
    const known = this.#accounts.get(address) ?? accountNumber(this.context, address);
    this.#accounts.set(address, known);
    known.catch(() => this.#accounts.delete(address));
    return known;
  }
}

/** The time until which a transaction is good, seen from our clock and from the chain's last block. */
function expiryAfter(blockTime: Date, lifetimeMs: number): Date {
  const wanted = Math.max(Date.now(), blockTime.getTime()) + lifetimeMs;
  return new Date(Math.min(wanted, blockTime.getTime() + longestLifetimeMs));
}

/** The result of work that only reads, tried again while endpoints fail. */
async function patiently<T>(work: () => Promise<T>, { until, signal }: Patience): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const endpointFailed = error instanceof EndpointUnreachableError || error instanceof BadResponseError;
      if (!endpointFailed || Date.now() > until) throw error;
      await sleep(remakeMs, signal);
    }
  }
}

function canBeMadeAnew(error: unknown): boolean {
  if (error instanceof TransactionExpiredError) return true;
  return error instanceof ChainRejectedError && error.height === undefined && isAboutExpiry(error.log);
}
