import type { SignedTx } from '../../port/writer.js';
import { onAbort } from '../../util/on-abort.js';
import { sleep } from '../../util/sleep.js';
import type { CosmosContext } from '../context.js';
import { isPruned } from '../rpc/pruned.js';
import { blockRequest, blockResultsRequest, type RawBlock, type RawTx } from '../rpc/requests.js';
import { txHash } from './sign-tx.js';

/** What became of a transaction. `unseen`: it is over, but some blocks could not be looked at. */
export type Fate =
  | { readonly kind: 'included'; readonly tx: RawTx }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unseen' };

interface Watched extends Pick<SignedTx, 'hash' | 'since' | 'expires'> {
  readonly resolve: (fate: Fate) => void;
}

const retryMs = 250;

/**
 * Learns the fate of transactions from the blocks themselves, which unlike a node's index lose nothing: a transaction is
 * expired for sure once a later block than its expiry was seen and none up to there has it. One walk over the blocks
 * serves all of them.
 */
export class InclusionWatcher {
  readonly #watched = new Set<Watched>();
  /** Last height that was looked at. */
  #position = 0;
  #walking = false;

  constructor(readonly context: CosmosContext) {}

  /**
   * Resolves with the transaction's fate; never rejects. Aborting the signal stops watching, and it stays pending.
   */
  watch({ hash, since, expires }: SignedTx, signal: AbortSignal): Promise<Fate> {
    return new Promise((resolve) => {
      const watched = { hash, since, expires, resolve };
      this.#watched.add(watched);
      onAbort(signal, () => this.#watched.delete(watched));
      this.#position = this.#walking ? Math.min(this.#position, since) : since;
      if (!this.#walking) void this.#walk();
    });
  }

  async #walk(): Promise<void> {
    const { head, rpc } = this.context;
    this.#walking = true;
    while (this.#watched.size > 0 && !rpc.closing.aborted) {
      try {
        const newest = await head.beyond(this.#position);
        while (this.#watched.size > 0 && this.#position < newest) await this.#step(this.#position + 1);
      } catch {
        await sleep(retryMs, rpc.closing);
      }
    }
    this.#walking = false;
  }

  async #step(height: number): Promise<void> {
    try {
      await this.#look(await this.context.rpc.call(blockRequest(height)));
    } catch (error) {
      if (!isPruned(error)) throw error;
      for (const watched of this.#watched) {
        if (watched.since < height) this.#settle(watched, { kind: 'unseen' });
      }
    }
    if (this.#position === height - 1) this.#position = height;
  }

  async #look(block: RawBlock): Promise<void> {
    const places = new Map(block.txs.map((tx, index) => [txHash(tx), index]));
    const included = [...this.#watched].filter(({ hash }) => places.has(hash));
    const results = included.length > 0 ? await this.#results(block) : [];
    for (const watched of included) {
      const tx = results[places.get(watched.hash) ?? -1];
      if (tx) this.#settle(watched, { kind: 'included', tx });
    }
    for (const watched of this.#watched) {
      if (block.height > watched.since && block.time > watched.expires)
        this.#settle(watched, { kind: 'expired' });
    }
  }

  async #results({ height, txs }: RawBlock): Promise<(RawTx | undefined)[]> {
    const results = await this.context.rpc.call(blockResultsRequest(height));
    return txs.map((tx, index) => {
      const result = results.txs[index];
      return result && { height, index, tx, result };
    });
  }

  #settle(watched: Watched, fate: Fate): void {
    this.#watched.delete(watched);
    watched.resolve(fate);
  }
}
