import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startIndexer } from '../indexer.js';
import { openReader } from '../store/reader/reader.js';
import { picks } from './play.js';
import { type ServedChain, servedClient } from './served-chain.js';

const program = fileURLToPath(new URL('../../dist/testing/index-served.js', import.meta.url));

/** Longest that blocks come in a life, in milliseconds. */
const LIFE_MS = 200;
/** From what a life is counted, and up to how many milliseconds: its beginning, its first commit, the first block it got. */
const KINDS = [
  { from: '^', most: LIFE_MS },
  { from: '<', most: LIFE_MS },
  { from: '>', most: 4 },
] as const;
/** Blocks that come before a life, and at most while it lasts. */
const BLOCKS = { before: 2, during: 12 };

export const BLOCKS_PER_LIFE = BLOCKS.before + BLOCKS.during;

/** In what an indexer was killed. */
export type Moment = 'opening' | 'block in hand' | 'waiting';

export interface Crash {
  readonly moment: Moment;
  /** Blocks in the file afterwards. */
  readonly height: number;
}

export interface Killing {
  readonly kills: number;
  readonly seed: number;
  /** How many blocks stay; all do unless given. */
  readonly keepBlocks?: number | undefined;
}

/** Lets indexers work on a file one after the other, each killed with -9 at a random moment of its life. */
export async function* crashes(
  chain: ServedChain,
  dbPath: string,
  { kills, seed, keepBlocks }: Killing,
): AsyncGenerator<Crash> {
  for (const pick of picks(seed, kills)) {
    const { from, most } = KINDS[pick % KINDS.length] ?? KINDS[0];
    const moment = await lifeOf(chain, dbPath, { from, ms: (most * (pick % 997)) / 997, keepBlocks });
    yield { moment, height: heightOf(dbPath) };
  }
}

async function lifeOf(
  chain: ServedChain,
  dbPath: string,
  {
    from,
    ms,
    keepBlocks,
  }: { readonly from: string; readonly ms: number; readonly keepBlocks: number | undefined },
): Promise<Moment> {
  const keep = keepBlocks === undefined ? [] : [String(keepBlocks)];
  const child = spawn(process.execPath, [program, dbPath, chain.url, chain.chainId, ...keep], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let told = '';
  chain.arrive(BLOCKS.before);
  let arriving: NodeJS.Timeout | undefined;
  let left = BLOCKS.during;
  const arrive = () => {
    if (left > 0) chain.arrive();
    left -= 1;
  };
  const comes = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      arriving ??= setInterval(arrive, LIFE_MS / BLOCKS.during);
      if (told.includes(from)) resolve();
    });
    child.once('close', resolve);
  });
  await comes;
  if (ms >= 1) await sleep(ms);
  clearInterval(arriving);
  child.kill('SIGKILL');
  await closed;
  if (child.signalCode !== 'SIGKILL') throw new Error('the indexer ended by itself');
  const count = (sign: string) => told.split(sign).length - 1;
  if (count('>') > count('<')) return 'block in hand';
  return count('<') > 0 ? 'waiting' : 'opening';
}

function heightOf(dbPath: string): number {
  try {
    const reader = openReader(dbPath);
    const height = reader.checkpoint()?.height ?? 0;
    const blocks = Number(reader.get('totals', 1)?.blocks ?? 0n);
    reader.close();
    if (blocks !== height) throw new Error(`the rows are of ${blocks} blocks, the checkpoint says ${height}`);
    return height;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoIndexError') return 0;
    throw error;
  }
}

/** Indexes a served chain into a file up to a height, and returns the digests of its tables. */
export async function indexServed(chain: ServedChain, dbPath: string, last: number, keepBlocks?: number) {
  const done = new AbortController();
  await startIndexer({
    client: servedClient(chain.url, chain.chainId),
    dbPath,
    signal: done.signal,
    ...(keepBlocks !== undefined && { keepBlocks }),
    onProgress: ({ height }) => {
      if (height === last) done.abort();
    },
  });
  const reader = openReader(dbPath);
  const digests = reader.digests();
  reader.close();
  return digests;
}
