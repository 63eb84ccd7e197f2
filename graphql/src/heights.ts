import type { IndexReader } from './index-reader.js';

const LOOK_MS = 20;

type Listener = (height: number) => void;

/** Tells when the index has another block. It looks at the file only while somebody listens. */
export class Heights {
  readonly #index: IndexReader;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #told = 0;

  constructor(index: IndexReader) {
    this.#index = index;
  }

  /** Height of the index, 0 while it is empty. */
  current(): number {
    return this.#index.current()?.checkpoint()?.height ?? 0;
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
