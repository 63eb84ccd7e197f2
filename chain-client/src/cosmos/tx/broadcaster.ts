import { BroadcastTimeoutError, ChainRejectedError, TransactionExpiredError } from '../../errors/index.js';
import type { SignedTx } from '../../port/writer.js';
import { onAbort } from '../../util/on-abort.js';
import { sleep } from '../../util/sleep.js';
import type { CosmosContext } from '../context.js';
import { RpcError } from '../rpc/errors.js';
import { broadcastRequest, type RawTx } from '../rpc/requests.js';
import { type Fate, InclusionWatcher } from './inclusion-watcher.js';
import { reasonOf } from './rejections.js';
import { isUnused } from './tx-record.js';

/** Between two broadcasts of the same bytes: a node that was restarted has lost what waited. */
const repeatMs = 4_000;
const retryMs = 300;

/** Until when, and under which signal, to try. */
export interface Patience {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
}

/** Gets signed transactions into blocks. The same bytes are executed at most once, however often they are broadcast. */
export class Broadcaster {
  readonly #watcher: InclusionWatcher;

  constructor(readonly context: CosmosContext) {
    this.#watcher = new InclusionWatcher(context);
  }

  /**
   * Broadcasts until the transaction's fate is known. `fresh` tells that it was never broadcast before. Returns it as it
   * stands in a block, successful or not. Throws `ChainRejectedError` when it was refused before it reached a block,
   * `TransactionExpiredError` when no block has it or will, `BroadcastTimeoutError` when patience ends before that is known.
   */
  async include(tx: SignedTx, patience: Patience, fresh: boolean): Promise<RawTx> {
    const fate = await this.#withFate(tx, patience, (known, signal) =>
      this.#repeat(tx, known, signal, fresh),
    );
    if (fate.kind === 'expired') throw new TransactionExpiredError(tx.hash, tx.expires);
    if (fate.kind === 'unseen') throw new BroadcastTimeoutError(tx.hash, tx.expires);
    if (!isUnused(fate.tx)) return fate.tx;
    const later = await this.#withFate({ ...tx, since: fate.tx.height }, patience, (known) => known);
    return later.kind === 'included' ? later.tx : fate.tx;
  }

  /** Watches for the transaction's fate while `work` goes on, for as long as patience lasts. */
  async #withFate(
    tx: SignedTx,
    { until, signal }: Patience,
    work: (fate: Promise<Fate>, signal: AbortSignal) => Promise<Fate>,
  ): Promise<Fate> {
    const end = new AbortController();
    const giveUp = (cause?: unknown) => end.abort(new BroadcastTimeoutError(tx.hash, tx.expires, cause));
    const timer = setTimeout(giveUp, Math.max(until - Date.now(), 0));
    const callOffs = [signal, this.context.rpc.closing].map((source) =>
      onAbort(source, () => giveUp(source?.reason)),
    );
    try {
      const gaveUp = new Promise<never>((_, reject) => onAbort(end.signal, () => reject(end.signal.reason)));
      return await Promise.race([work(this.#watcher.watch(tx, end.signal), end.signal), gaveUp]);
    } finally {
      clearTimeout(timer);
      for (const callOff of callOffs) callOff();
      end.abort();
    }
  }

  /** Broadcasts again and again until the fate is known, each time to another endpoint: one may take it and lose it. */
  async #repeat(tx: SignedTx, fate: Promise<Fate>, signal: AbortSignal, fresh: boolean): Promise<Fate> {
    let rejection: ChainRejectedError | undefined;
    for (let round = 0; !signal.aborted; round += 1) {
      const answer = await this.#broadcast(tx, round);
      rejection = answer instanceof ChainRejectedError && !isUsedUp(answer) ? answer : undefined;
      if (rejection && fresh && round === 0) throw rejection;
      const pause = answer === 'failed' ? retryMs : repeatMs;
      const known = await Promise.race([fate, sleep(pause, signal)]);
      if (known?.kind === 'expired' && rejection && !isAboutExpiry(rejection)) throw rejection;
      if (known) return known;
    }
    return fate;
  }

  /** Broadcasts once. A failure tells nothing about whether the transaction arrived. */
  async #broadcast(tx: SignedTx, round: number): Promise<'waits' | 'failed' | ChainRejectedError> {
    try {
      const { code, codespace, log } = await this.context.rpc.callOnce(broadcastRequest(tx.bytes), round);
      if (code === 0) return 'waits';
      const reason = reasonOf(codespace, code);
      if (reason.reason === 'TxInMempoolCache') return 'waits';
      if (reason.reason === 'MempoolIsFull') return 'failed';
      return new ChainRejectedError({ codespace, code, log, hash: tx.hash, ...reason });
    } catch (error) {
      return error instanceof RpcError && /already exists in cache/.test(error.message) ? 'waits' : 'failed';
    }
  }
}

/** The chain refuses to execute again what it has executed: that is no verdict on the transaction. */
const isUsedUp = ({ log }: ChainRejectedError): boolean => /unordered nonce/.test(log);

/** True where only the expiry was refused, being over or too far away: the same with another one may pass. */
export const isAboutExpiry = ({ log }: ChainRejectedError): boolean =>
  /timeout_timestamp|unordered tx ttl/.test(log);
