import type { SignedTx } from '../../port/writer.js';
import type { ChainHash } from '../../types/primitives.js';
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

interface Watched extends Pick<SignedTx, 'since' | 'expires'> {
  readonly resolve: (fate: Fate) => void;
}

const retryMs = 250;

/**
 * Learns the fate of transactions from the blocks themselves, which unlike a node's index lose nothing: a transaction is
 * expired for sure once a later block than its expiry was seen and none up to there has it. One walk over the blocks
 * serves all of them.
 */
export class InclusionWatcher {
  readonly #watched = new Map<ChainHash, Watched>();
  /** Last height that was looked at. */
  #position = 0;
  #walking = false;

  constructor(readonly context: CosmosContext) {}

  /**
   * Resolves with the transaction's fate; never rejects. Aborting the signal stops watching, and it stays pending.
   */
  watch({ hash, since, expires }: SignedTx, signal: AbortSignal): Promise<Fate> {
    return new Promise((resolve) => {
      this.#watched.set(hash, { since, expires, resolve });
      onAbort(signal, () => this.#watched.delete(hash));
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
      for (const [hash, { since }] of this.#watched)
        if (since < height) this.#settle(hash, { kind: 'unseen' });
    }
    if (this.#position === height - 1) this.#position = height;
  }

  async #look(block: RawBlock): Promise<void> {
    const hashes = block.txs.map(txHash);
    if (hashes.some((hash) => this.#watched.has(hash))) {
      const results = await this.context.rpc.call(blockResultsRequest(block.height));
      hashes.forEach((hash, index) => {
        const [tx, result] = [block.txs[index], results.txs[index]];
        if (tx && result)
          this.#settle(hash, { kind: 'included', tx: { height: block.height, index, tx, result } });
      });
    }
    for (const [hash, { since, expires }] of this.#watched) {
      if (block.height > since && block.time > expires) this.#settle(hash, { kind: 'expired' });
    }
  }

  #settle(hash: ChainHash, fate: Fate): void {
    this.#watched.get(hash)?.resolve(fate);
    this.#watched.delete(hash);
  }
}
