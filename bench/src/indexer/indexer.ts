import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchOptions } from '../bench.js';
import { versionsOf } from '../graphql/versions.js';
import { thisMachine } from '../report.js';
import { measure, type Others, type Samples } from './measure.js';
import { Postgres, postgresSettings } from './postgres.js';
import { buildPsqlSink } from './psql-sink.js';
import type { Density } from './replay-blocks.js';
import { resultsOf } from './results.js';
import { installSubql, subqlFlags } from './subql.js';

const densities: readonly Density[] = [0, 10, 200];

const settingsOf = (quick: boolean) => ({
  rounds: quick ? 1 : 3,
  blocks: quick ? { 0: 1_000, 10: 1_000, 200: 300 } : { 0: 3_000, 10: 3_000, 200: 1_000 },
  subqlBlocks: quick ? { 0: 3, 10: 600, 200: 60 } : { 0: 3, 10: 2_000, 200: 200 },
});

/** What can be had here; says in a line what cannot and why. */
const othersOf = async (folder: string, progress: BenchOptions['progress']): Promise<Others> => {
  const missing = Postgres.missing();
  if (missing !== undefined) {
    progress(`vs_psql_sink and vs_subql are skipped: ${missing}`);
    return {};
  }
  const postgres = await Postgres.start(folder);
  const orWhy = async <T>(name: string, make: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await make();
    } catch (error) {
      progress(`${name} is skipped: ${(error as Error).message.split('\n')[0]}`);
      return undefined;
    }
  };
  progress('building the sink, installing subql');
  const sink = await orWhy('vs_psql_sink', () => buildPsqlSink(folder, postgres));
  const subql = await orWhy('vs_subql', () => installSubql(postgres, folder));
  return { postgres, ...(sink && { sink }), ...(subql && { subql }) };
};

/** The indexer beside clients that keep nothing and beside other indexers, over blocks that a replay serves from memory. */
export const indexer: Bench = {
  about: 'processor time of the indexer, beside subql, CometBFT’s sink and clients that only fetch and parse',
  async run({ quick, progress }) {
    const settings = settingsOf(quick);
    const folder = mkdtempSync(join(tmpdir(), 'dmcn-bench-indexer-'));
    let others: Others = {};
    try {
      others = await othersOf(folder, progress);
      const samples = new Map<Density, Samples>();
      for (const density of densities) {
        const sizes = { blocks: settings.blocks[density], subqlBlocks: settings.subqlBlocks[density] };
        progress(`${sizes.blocks} blocks of ${density} events, rounds: ${settings.rounds}`);
        samples.set(density, await measure({ folder, density, rounds: settings.rounds, ...sizes }, others));
      }
      return {
        name: 'indexer',
        machine: thisMachine(),
        versions: {
          ...versionsOf('better-sqlite3', 'drizzle-orm'),
          ...(others.postgres && { postgresql: others.postgres.version }),
          ...(others.sink && { cometbft: others.sink.version }),
          ...(others.subql && { '@subql/node-cosmos': others.subql.version }),
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
    } finally {
      await others.postgres?.stop();
      rmSync(folder, { recursive: true });
    }
  },
};
