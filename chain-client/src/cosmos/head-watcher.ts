import { onAbort } from '../util/on-abort.js';
import { sleep } from '../util/sleep.js';
import { BlockBell } from './rpc/block-bell.js';
import { committedHeightRequest } from './rpc/requests.js';
import type { RpcClient } from './rpc/rpc-client.js';

/** How the newest height is watched. */
export interface HeadWatcherOptions {
  /** Between two looks, in milliseconds. */
  readonly pollMs: number;
  /** Whether a websocket shall ring when there is a block; looking goes on without it. */
  readonly websocket: boolean;
  /** After how long without a new block another endpoint is asked, in milliseconds. */
  readonly stillMs: number;
}

interface Waiter {
  readonly beyond: number;
  readonly resolve: (height: number) => void;
}

/**
 * Watches the newest height whose state can be read, for as long as somebody waits for it. A node shows a block a moment
 * before it has executed it, so this asks the application and not the block store.
 */
export class HeadWatcher {
  readonly #waiters = new Set<Waiter>();
  readonly #bell: BlockBell | undefined;
  #watching = false;
  #ring = new AbortController();

  constructor(
    readonly rpc: RpcClient,
    readonly options: HeadWatcherOptions,
  ) {
    if (options.websocket) this.#bell = new BlockBell(() => this.#ring.abort());
    onAbort(rpc.closing, () => this.#bell?.close());
  }

  /** The newest height now. Throws as `RpcClient.call` does. */
  now(): Promise<number> {
    return this.rpc.call(committedHeightRequest);
  }

  /**
   * Resolves with the newest height once it is above the given one; while endpoints fail it waits. Rejects with the
   * signal's reason, and with `ClientClosedError`.
   */
  beyond(height: number, signal?: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        beyond: height,
        resolve: (head) => {
          this.#waiters.delete(waiter);
          for (const callOff of callOffs) callOff();
          resolve(head);
        },
      };
      this.#waiters.add(waiter);
      const callOffs = [signal, this.rpc.closing].map((source) =>
        onAbort(source, () => {
          this.#waiters.delete(waiter);
          reject(source?.reason);
        }),
      );
      if (!this.#watching) void this.#watch();
    });
  }

  async #watch(): Promise<void> {
    this.#watching = true;
    let highest = 0;
    let movedAt = Date.now();
    while (this.#waiters.size > 0) {
      this.#ring = new AbortController();
      this.#bell?.listen(this.rpc.preferred);
      const head = await this.rpc.callOnce(committedHeightRequest).catch(() => 0);
      for (const waiter of this.#waiters) if (head > waiter.beyond) waiter.resolve(head);
      if (head > highest) [highest, movedAt] = [head, Date.now()];
      else if (Date.now() - movedAt > this.options.stillMs) {
        this.rpc.passOn();
        movedAt = Date.now();
      }
      if (this.#waiters.size > 0) await sleep(this.options.pollMs, this.#ring.signal);
    }
    this.#watching = false;
    if (!this.rpc.closing.aborted) this.#bell?.rest();
  }
}
