import { join } from 'node:path';
import { openReader } from '@dmcn/indexer';
import { alternate } from '../alternate.js';
import { type Client, clients, runClient } from './clients.js';
import type { Postgres } from './postgres.js';
import type { PsqlSink } from './psql-sink.js';
import type { Density } from './replay-blocks.js';
import { checkSameRows, rowsOfIndex } from './rows.js';
import { serve } from './served.js';
import type { Mapping, Subql } from './subql.js';

/** Who is measured beside the clients. */
export interface Others {
  readonly postgres: Postgres;
  readonly sink: PsqlSink;
  readonly subql: Subql;
}

export interface Measured {
  readonly folder: string;
  readonly density: Density;
  readonly blocks: number;
  /** Of the shorter chain that subql gets: it takes seconds for what others do in one. */
  readonly subqlBlocks: number;
  readonly rounds: number;
}

export type Contender = Client | 'sink' | 'sinkFed' | `subql-${Mapping}`;

/** Nanoseconds a block, of each round; absent where it cannot be measured here. */
export type Samples = Readonly<Partial<Record<Contender, readonly number[]>>> &
  Readonly<Record<Client, readonly number[]>>;

/** The same blocks again and again must give the same rows. */
const digestsOf = (dbPath: string): string => {
  const reader = openReader(dbPath);
  const digests = JSON.stringify(reader.digests());
  reader.close();
  return digests;
};

/** Runs all contenders in turn over blocks of one density. */
export const measure = async (
  { folder, density, blocks, subqlBlocks, rounds }: Measured,
  { sink, subql }: Others,
): Promise<Samples> => {
  const served = await serve(blocks, density);
  const short = await serve(subqlBlocks, density);
  const digests = new Set<string>();
  const file = (name: string) => join(folder, `${density}-${name}.db`);
  const runSubql = async (mapping: Mapping, round: number): Promise<number> => {
    const dbPath = file(`short-${mapping}-${round}`);
    await runClient('indexer', short, dbPath);
    const { cpu, rows } = await subql.run(short, mapping);
    checkSameRows('subql', rowsOfIndex(dbPath), rows);
    return cpu;
  };
  const contenders: readonly Contender[] = [
    ...clients,
    ...(density > 0 ? (['sink', 'sinkFed', 'subql-bulk', 'subql-events'] as const) : []),
  ];
  try {
    const samples = await alternate(contenders, rounds, async (contender, round) => {
      if (contender === 'sink' || contender === 'sinkFed') return sink.run(served, contender === 'sinkFed');
      if (contender === 'subql-bulk') return runSubql('bulk', round);
      if (contender === 'subql-events') return runSubql('events', round);
      const dbPath = file(`${contender}-${round}`);
      const cpu = await runClient(contender, served, dbPath);
      if (contender === 'indexer') digests.add(digestsOf(dbPath));
      return cpu;
    });
    if (digests.size !== 1) throw new Error('the same blocks gave different rows');
    return samples;
  } finally {
    served.stop();
    short.stop();
  }
};
