import type { FetchedBlock } from '@dmcn/chain-client';

/** Blocks of a stretch: at first, and what it may become. Two stretches of blocks of any size must fit in memory. */
const FIRST = 36;
const [LEAST, MOST] = [9, 144];
/** Characters of a stretch, of which an event takes about 750: fewer make too many transactions, more fill the memory. */
const [FEW, MANY] = [12_000_000, 32_000_000];
/** A stretch that takes as long is too much for the way to the node: requests must not reach their time limit. */
const SLOW_MS = 3_000;

/** How many blocks are fetched and written together while behind: the more, the less happens in them. */
export class StretchSize {
  #size = FIRST;

  get now(): number {
    return this.#size;
  }

  /** Told each stretch that came, and after how long. */
  saw(blocks: readonly FetchedBlock[], ms: number): void {
    const size = blocks.reduce((sum, block) => sum + block.size, 0);
    if (size > MANY || ms > SLOW_MS) this.#size = Math.max(LEAST, Math.floor(this.#size / 2));
    else if (size < FEW && blocks.length >= this.#size) this.#size = Math.min(MOST, this.#size * 2);
  }
}
