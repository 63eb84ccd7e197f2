import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { BLOCKS_PER_LIFE, type Crash, crashes, indexServed } from './crashes.js';
import { Network } from './network.js';
import { picks, play } from './play.js';
import { quietlyTo } from './quietly.js';
import { ServedChain } from './served-chain.js';

/** What happens in a block. */
const ACTIONS = 5;

/** Blocks that an index has from the start, and how many of all stay; all do unless given. */
interface Old {
  readonly blocks?: number;
  readonly keepBlocks?: number;
}

/**
 * Kills an indexer so many times while blocks arrive, lets it finish, and compares each table with a rebuild. Prints the
 * seed (DMCN_TEST_SEED repeats one) and where the kills fell.
 */
export async function expectNothingLost(kills: number, old: Old = {}): Promise<void> {
  const { blocks: before = 0, keepBlocks } = old;
  const seed = Number(process.env.DMCN_TEST_SEED ?? randomInt(2 ** 32));
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-crash-'));
  const network = quietlyTo(new Network(), before, seed);
  const choices = picks(seed, ACTIONS * kills * BLOCKS_PER_LIFE);
  for (let i = 0; i < choices.length; i += ACTIONS) play(network, choices.slice(i, i + ACTIONS));
  const { chainId, blocks } = network;
  const chain = await ServedChain.start(chainId, blocks);
  const done: Crash[] = [];
  try {
    if (before > 0) {
      chain.arrive(before);
      await indexServed(chain, join(folder, 'index.db'), before);
    }
    for await (const crash of crashes(chain, join(folder, 'index.db'), { kills, seed, keepBlocks }))
      done.push(crash);
    const heights = done.map(({ height }) => height);
    expect(heights, 'no life loses what the one before had').toEqual(heights.toSorted((a, b) => a - b));
    expect(heights.at(-1), 'blocks still arrive').toBeLessThan(blocks.length);
    chain.arrive(blocks.length);
    const last = blocks.length;
    const [survivor, rebuilt] = [
      await indexServed(chain, join(folder, 'index.db'), last, keepBlocks),
      await indexServed(chain, join(folder, 'rebuilt.db'), last, keepBlocks),
    ];
    expect(survivor).toEqual(rebuilt);
    const count = (moment: Crash['moment']) => done.filter((crash) => crash.moment === moment).length;
    process.stdout.write(
      `seed ${seed}: killed ${kills} times until block ${last}: ${count('opening')} at the start, ${count('block in hand')} with a block not committed, ${count('waiting')} between blocks; ${Object.keys(rebuilt).length} tables equal\n`,
    );
  } catch (error) {
    throw new Error(`with DMCN_TEST_SEED=${seed}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    chain.stop();
    rmSync(folder, { recursive: true });
  }
}
