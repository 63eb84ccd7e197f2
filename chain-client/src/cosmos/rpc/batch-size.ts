/** As many requests as nodes take in one batch unless they are told otherwise. */
export const longestBatch = 10;
/** How long an endpoint that failed at a batch gets shorter ones. */
const restMs = 60_000;

/** How many requests go to an endpoint in one batch: half as many after each failure, and after a while all again. */
export class BatchSize {
  #size = longestBatch;
  #restsUntil = 0;

  get now(): number {
    return Date.now() < this.#restsUntil ? this.#size : longestBatch;
  }

  /** A batch of so many was refused, or lost. */
  failed(size: number): void {
    this.#size = Math.min(this.now, Math.max(1, Math.floor(size / 2)));
    this.#restsUntil = Date.now() + restMs;
  }
}
