import type { Block } from '@dmcn/chain-client';

const WINDOW = 20;
/** Until two blocks were seen. */
const GUESS_SECONDS = 3;

/** Learns from the newest blocks how long one takes. */
export class Pace {
  private readonly blocks: { readonly height: number; readonly time: number }[] = [];

  observe({ height, time }: Pick<Block, 'height' | 'time'>): void {
    this.blocks.push({ height, time: time.getTime() });
    if (this.blocks.length > WINDOW) this.blocks.shift();
  }

  /** Seconds that a number of blocks will take. */
  seconds(blocks: number): number {
    const [first, last] = [this.blocks[0], this.blocks.at(-1)];
    const seen = first && last ? last.height - first.height : 0;
    const each = first && last && seen > 0 ? (last.time - first.time) / seen / 1_000 : GUESS_SECONDS;
    return Math.round(blocks * each);
  }
}
