import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchOptions } from '../bench.js';
import { versionsOf } from '../graphql/versions.js';
import { writePart } from '../page.js';
import { type Report, thisMachine } from '../report.js';
import { measure, type Others, type Samples } from './measure.js';
import { partOf } from './page.js';
import { Postgres, postgresSettings } from './postgres.js';
import { buildPsqlSink } from './psql-sink.js';
import type { Density } from './replay-blocks.js';
import { resultsOf } from './results.js';
import { installSubql, subqlFlags } from './subql.js';

const PAGE = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));

const densities: readonly Density[] = [0, 10, 200];

const settingsOf = (quick: boolean) => ({
  rounds: quick ? 1 : 3,
  blocks: quick ? { 0: 3_000, 10: 3_000, 200: 900 } : { 0: 9_000, 10: 9_000, 200: 2_400 },
  subqlBlocks: quick ? { 0: 3, 10: 600, 200: 60 } : { 0: 3, 10: 2_000, 200: 200 },
});

/** Those that are measured beside the clients. Rejects where one cannot be had, and stops what it started. */
const othersOf = async (folder: string, progress: BenchOptions['progress']): Promise<Others> => {
  progress('starting PostgreSQL, building the sink, installing subql');
  const postgres = await Postgres.start(folder);
  try {
    return {
      postgres,
      sink: await buildPsqlSink(folder, postgres),
      subql: await installSubql(postgres, folder),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
};

/** The indexer beside clients that keep nothing and beside other indexers, over blocks that a replay serves from memory. */
export const indexer: Bench = {
  about: 'processor time of the indexer, beside subql, CometBFT’s sink and clients that only fetch and parse',
  async run({ quick, page, progress }) {
    const settings = settingsOf(quick);
    const folder = mkdtempSync(join(tmpdir(), 'dmcn-bench-indexer-'));
    let others: Others | undefined;
    try {
      others = await othersOf(folder, progress);
      const samples = new Map<Density, Samples>();
      for (const density of densities) {
        const sizes = { blocks: settings.blocks[density], subqlBlocks: settings.subqlBlocks[density] };
        progress(`${sizes.blocks} blocks of ${density} events, rounds: ${settings.rounds}`);
        samples.set(density, await measure({ folder, density, rounds: settings.rounds, ...sizes }, others));
      }
      const report: Report = {
        name: 'indexer',
        machine: thisMachine(),
        versions: {
          ...versionsOf('better-sqlite3', 'drizzle-orm'),
          postgresql: others.postgres.version,
          cometbft: others.sink.version,
          '@subql/node-cosmos': others.subql.version,
        },
        settings: {
          rounds: settings.rounds,
          blocks: Object.values(settings.blocks).join('/'),
          subqlBlocks: Object.values(settings.subqlBlocks).join('/'),
          warm: 'a third of the blocks',
          postgresql: Object.entries(postgresSettings)
            .map(([name, value]) => `${name}=${value}`)
            .join(' '),
          subql: subqlFlags.join(' '),
        },
        results: resultsOf(samples),
      };
      if (page) writePart(PAGE, 'indexer', partOf(report, quick));
      return report;
    } finally {
      await others?.postgres.stop();
      rmSync(folder, { recursive: true });
    }
  },
};
