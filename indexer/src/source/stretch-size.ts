import type { Block } from '@dmcn/chain-client';

/** Blocks of a stretch: at first, and what it may become. Two stretches of blocks of any size must fit in memory. */
const FIRST = 36;
const [LEAST, MOST] = [9, 72];
/** Events of a stretch: fewer make too many transactions, more fill the memory. */
const [FEW, MANY] = [2_000, 8_000];

/** How many blocks are fetched and written together while behind: the more, the less happens in them. */
export class StretchSize {
  #size = FIRST;

  get now(): number {
    return this.#size;
  }

  /** Told each stretch that came. */
  saw(blocks: readonly Block[]): void {
    const events = blocks.reduce((sum, block) => sum + block.events.length + block.unknownEvents, 0);
    if (events > MANY) this.#size = Math.max(LEAST, Math.floor(this.#size / 2));
    else if (events < FEW && blocks.length >= this.#size) this.#size = Math.min(MOST, this.#size * 2);
  }
}
