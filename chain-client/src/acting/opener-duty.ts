import { found } from '../errors/index.js';
import type { ChainReader } from '../port/reader.js';
import type { Block } from '../types/block.js';
import type { LeaseId } from '../types/primitives.js';
import type { Journal } from './journal.js';
import { OpenerWatch, type Watched } from './opener-watch.js';
import { readWatch, writeWatch } from './watch-note.js';

/** Blocks after which the height is kept though nothing that is watched changed. */
const KEEP_BLOCKS = 50;
/** Blocks beyond the longest way from a commit to its opening. */
const MARGIN = 50;

/** What an account has to open for others, kept in its journal so that a restart goes on with it. */
export class OpenerDuty {
  private readonly watch: OpenerWatch;
  private kept = { changes: 0, height: 0 };

  constructor(
    account: string,
    private readonly chain: ChainReader,
    private readonly journal: Journal,
    patience: number,
  ) {
    this.watch = new OpenerWatch(account, patience);
  }

  /**
   * Goes on with what the journal says. Returns the height to follow the chain from: the first one that it has not seen, as far
   * as commits of that height can still wait to be opened and some endpoint has their blocks.
   */
  async restore(height: number, earliestHeight: number): Promise<number> {
    const [note, { coinHeights, openBlocks }] = await Promise.all([
      readWatch(this.journal),
      this.chain.taskParams(),
    ]);
    // A note from beyond the head is about another chain.
    const known = note !== undefined && note.height <= height ? note : undefined;
    for (const watched of known?.watched ?? []) {
      this.watch.restore(watched, await found(this.chain.batch(watched.lease)), height);
    }
    const farthest = height - coinHeights - openBlocks - MARGIN;
    return Math.max(earliestHeight, farthest, (known?.height ?? 0) + 1, 1);
  }

  /** Learns from a block; true where the block concerns the account's own batches or audits. */
  observe(block: Block): boolean {
    return this.watch.observe(block);
  }

  /** Batches that have waited too long at a height. */
  overdue(height: number): readonly LeaseId[] {
    return this.watch.overdue(height);
  }

  get all(): readonly Watched[] {
    return this.watch.all;
  }

  done(lease: LeaseId): void {
    this.watch.done(lease);
  }

  /** Keeps what is watched at a height. Rejects with JournalError. */
  async keep(height: number): Promise<void> {
    const { changes } = this.watch;
    if (changes === this.kept.changes && height - this.kept.height < KEEP_BLOCKS) return;
    await writeWatch(this.journal, { height, watched: this.watch.all });
    this.kept = { changes, height };
  }
}
