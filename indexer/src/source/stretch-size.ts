import type { FetchedBlock } from '@dmcn/chain-client';

/** Blocks of a stretch: at first, and what it may become. Two stretches of blocks of any size must fit in memory. */
const FIRST = 36;
const [LEAST, MOST] = [9, 72];
/** Characters of a stretch, of which an event takes about 750: fewer make too many transactions, more fill the memory. */
const [FEW, MANY] = [6_000_000, 24_000_000];

/** How many blocks are fetched and written together while behind: the more, the less happens in them. */
export class StretchSize {
  #size = FIRST;

  get now(): number {
    return this.#size;
  }

  /** Told each stretch that came. */
  saw(blocks: readonly FetchedBlock[]): void {
    const size = blocks.reduce((sum, block) => sum + block.size, 0);
    if (size > MANY) this.#size = Math.max(LEAST, Math.floor(this.#size / 2));
    else if (size < FEW && blocks.length >= this.#size) this.#size = Math.min(MOST, this.#size * 2);
  }
}
