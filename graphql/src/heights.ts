import type { Reader, Rows } from '@dmcn/indexer';
import type { IndexReader } from './index-reader.js';

const LOOK_MS = 20;

type Listener = (height: number) => void;

/** Tells when the index has another block. It looks at the file only while somebody listens. */
export class Heights {
  readonly #index: IndexReader;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #told = 0;
  #version = -1;
  #height = 0;
  #looked = false;
  readonly #lookAgain = () => {
    this.#looked = false;
  };
  #offers: { readonly name: string; readonly batches: readonly Rows['batches'][] } | undefined;

  constructor(index: IndexReader) {
    this.#index = index;
  }

  /** Height of the index, 0 while it is empty. */
  current(): number {
    const reader = this.#index.open();
    if (reader === undefined) return 0;
    const version = reader.version();
    if (version !== this.#version) {
      this.#height = reader.checkpoint()?.height ?? 0;
      this.#version = version;
    }
    return this.#height;
  }

  /** The height, looked up once for all requests that one turn of the event loop brings: looking costs two locks. */
  inThisTurn(): number {
    if (!this.#looked) {
      this.current();
      this.#looked = true;
      setImmediate(this.#lookAgain);
    }
    return this.#height;
  }

  /** Each new height as it comes; the newest one for whoever is slow. */
  each(): AsyncGenerator<number, void, undefined> {
    let next: number | undefined;
    let wake: (() => void) | undefined;
    let over = false;
    const stop = this.listen((height) => {
      next = height;
      wake?.();
    });
    const end = async (): Promise<IteratorResult<number, void>> => {
      over = true;
      stop();
      wake?.();
      return { done: true, value: undefined };
    };
    const heights = {
      next: async (): Promise<IteratorResult<number, void>> => {
        while (next === undefined && !over) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const value = next;
        next = undefined;
        return over || value === undefined ? { done: true, value: undefined } : { done: false, value };
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]: () => heights,
    };
    return heights as AsyncGenerator<number, void, undefined>;
  }

  /** Batches that were offered after a height and are still; read once for all who ask. */
  offersAfter(height: number, reader: Reader): readonly Rows['batches'][] {
    const name = `${height}/${this.current()}`;
    if (this.#offers?.name !== name) this.#offers = { name, batches: reader.offersAfter(height) };
    return this.#offers.batches;
  }

  /** Calls back with each new height, the newest one where several came at once. Returns how to end it. */
  listen(listener: Listener): () => void {
    if (this.#listeners.size === 0) this.#told = this.current();
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Resolves with true once the index has the height, with false when the time is over. */
  async until(height: number, timeoutMs: number): Promise<boolean> {
    if (this.current() >= height) return true;
    return new Promise((resolve) => {
      const end = (reached: boolean) => {
        clearTimeout(timer);
        stop();
        resolve(reached);
      };
      const timer = setTimeout(() => end(false), timeoutMs);
      const stop = this.listen((now) => now >= height && end(true));
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const height = this.current();
    if (height === this.#told) return;
    this.#told = height;
    for (const listener of [...this.#listeners]) listener(height);
  }
}
