import {
  BadResponseError,
  ChainRejectedError,
  EndpointUnreachableError,
  TransactionExpiredError,
} from '../../errors/index.js';
import type { Quote, SignedTx, SubmitOptions, WaitOptions } from '../../port/writer.js';
import type { Message } from '../../types/message.js';
import type { Receipt } from '../../types/receipt.js';
import { Limiter } from '../../util/limiter.js';
import { sleep } from '../../util/sleep.js';
import type { CosmosContext } from '../context.js';
import { Broadcaster, isAboutExpiry, type Patience } from './broadcaster.js';
import { TxMaker, type TxMakerOptions } from './tx-maker.js';
import { toReceipt } from './tx-record.js';

/** How transactions are made and sent. */
export interface SubmitterOptions extends TxMakerOptions {
  /** Transactions of one signer that wait for a block at once; more queue up. */
  readonly inFlight: number;
}

const defaultTimeoutMs = 120_000;
/** Before anything is tried again. */
const retryMs = 200;
/** How often a transaction that ran out of gas is made again with twice as much. */
const gasRaises = 2;

/** Gets messages executed once: makes a transaction anew only where the one before surely was not and never will be. */
export class Submitter {
  readonly #limiter: Limiter;
  readonly #maker: TxMaker;
  readonly #broadcaster: Broadcaster;

  constructor(context: CosmosContext, options: SubmitterOptions) {
    this.#limiter = new Limiter(options.inFlight);
    this.#maker = new TxMaker(context, options);
    this.#broadcaster = new Broadcaster(context);
  }

  /** See `ChainWriter.submit`. */
  submit(messages: readonly Message[], options: SubmitOptions): Promise<Receipt> {
    return this.#limiter.run(options.signer.address, () => this.#submit(messages, options));
  }

  /** See `ChainWriter.quote`. */
  async quote(messages: readonly Message[], options: SubmitOptions): Promise<Quote> {
    const patience: Patience = { until: Date.now() + defaultTimeoutMs, signal: options.signal };
    const { gasLimit, fee } = await patiently(patience, () => this.#maker.draft(messages, options));
    return { gasLimit, fee };
  }

  /** See `ChainWriter.resume`. */
  resume(tx: SignedTx, { timeoutMs = defaultTimeoutMs, signal }: WaitOptions = {}): Promise<Receipt> {
    return this.#include(tx, { until: Date.now() + timeoutMs, signal }, false);
  }

  async #submit(messages: readonly Message[], options: SubmitOptions): Promise<Receipt> {
    const { signer, gasLimit, timeoutMs = defaultTimeoutMs, signal, onSigned } = options;
    const patience: Patience = { until: Date.now() + timeoutMs, signal };
    let draft = await patiently(patience, () => this.#maker.draft(messages, options));
    let lost = 0n;
    for (let raises = gasLimit === undefined ? gasRaises : 0; ; await sleep(retryMs, signal)) {
      const tx = await patiently(patience, () => this.#maker.sign(draft, signer, patience.until));
      await onSigned?.(tx);
      try {
        const receipt = await this.#include(tx, patience, true);
        return { ...receipt, fee: receipt.fee + lost };
      } catch (error) {
        if (isOutOfGas(error) && raises > 0) {
          lost += draft.fee;
          draft = this.#maker.withGas(draft, 2n * draft.gasLimit);
          raises -= 1;
        } else if (!canBeMadeAnew(error) || Date.now() > patience.until) throw error;
      }
    }
  }

  async #include(tx: SignedTx, patience: Patience, fresh: boolean): Promise<Receipt> {
    return toReceipt(await this.#broadcaster.include(tx, patience, fresh));
  }
}

/** The result of work that changes nothing, tried again while endpoints fail. */
async function patiently<T>({ until, signal }: Patience, work: () => Promise<T>): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const endpointFailed = error instanceof EndpointUnreachableError || error instanceof BadResponseError;
      if (!(endpointFailed || isClockless(error)) || Date.now() > until) throw error;
      await sleep(retryMs, signal);
    }
  }
}

const isOutOfGas = (error: unknown): boolean =>
  error instanceof ChainRejectedError && error.codespace === 'sdk' && error.reason === 'OutOfGas';

const canBeMadeAnew = (error: unknown): boolean =>
  error instanceof TransactionExpiredError || isClockless(error);

/** A node that was just started knows no time until its next block, and refuses every expiry as too far away. */
const isClockless = (error: unknown): boolean =>
  error instanceof ChainRejectedError && error.height === undefined && isAboutExpiry(error);
