import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate } from '../alternate.js';
import type { Bench } from '../bench.js';
import { output } from '../command.js';
import { versionsOf } from '../graphql/versions.js';
import { type Result, summarise, thisMachine } from '../report.js';
import type { Density } from './replay-blocks.js';

/** The indexer, a client that only fetches and decodes, and one that only fetches and parses JSON. */
const contenders = ['indexer', 'decode', 'floor'] as const;

const densities: readonly Density[] = [0, 10, 200];

const file = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

interface Told {
  /** Nanoseconds. */
  readonly cpu: number;
  readonly events: number;
  readonly digests?: Readonly<Record<string, string>>;
}

interface Served {
  readonly url: string;
  readonly events: number;
  stop(): void;
}

const serve = async (blocks: number, density: Density): Promise<Served> => {
  const child = fork(file('replay-process.js'), [`${blocks}`, `${density}`]);
  const [message] = await once(child, 'message');
  return { ...(message as Omit<Served, 'stop'>), stop: () => child.kill() };
};

const measure = async (blocks: number, density: Density, rounds: number): Promise<readonly Result[]> => {
  const served = await serve(blocks, density);
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-bench-indexer-'));
  const digests = new Set<string>();
  try {
    const samples = await alternate(contenders, rounds, async (contender, round) => {
      const args = [
        file('index-process.js'),
        contender,
        served.url,
        `${blocks}`,
        join(folder, `${round}.db`),
      ];
      const told: Told = JSON.parse(await output(process.execPath, args));
      if (told.events !== served.events) {
        throw new Error(`${contender} saw ${told.events} events of ${served.events}`);
      }
      if (told.digests) digests.add(JSON.stringify(told.digests));
      return told.cpu;
    });
    if (digests.size !== 1) throw new Error('the same blocks gave different rows');
    const over = (to: 'decode' | 'floor') =>
      samples.indexer.map((cpu, i) => cpu / (samples[to][i] ?? Number.NaN));
    const each = contenders.map((contender) =>
      summarise(
        `${contender}_${density}_cpu_a_block`,
        'µs',
        samples[contender].map((cpu) => cpu / blocks / 1_000),
      ),
    );
    const perSecond = samples.indexer.map((cpu) => served.events / (cpu / 1e9));
    return [
      summarise(`vs_fetch_parse_floor_${density}`, 'x', over('decode'), 2),
      summarise(`vs_json_floor_${density}`, 'x', over('floor')),
      ...(density > 0 ? [summarise(`events_a_cpu_second_${density}`, '1/s', perSecond)] : []),
      ...each,
    ];
  } finally {
    served.stop();
    rmSync(folder, { recursive: true });
  }
};

/** The indexer beside clients that keep nothing, over blocks that a replay serves from memory. */
export const indexer: Bench = {
  about: 'processor time of the indexer, beside clients that only fetch and parse',
  async run({ quick, progress }) {
    const settings = { rounds: quick ? 3 : 5, blocks: quick ? 500 : 3_000 };
    const results: Result[] = [];
    for (const density of densities) {
      progress(`${settings.blocks} blocks of ${density} events, ${settings.rounds} rounds`);
      results.push(...(await measure(settings.blocks, density, settings.rounds)));
    }
    const headline = results.find(({ metric }) => metric === 'vs_fetch_parse_floor_200');
    if (headline) results.unshift({ ...headline, metric: 'vs_fetch_parse_floor' });
    return {
      name: 'indexer',
      machine: thisMachine(),
      versions: versionsOf('better-sqlite3', 'drizzle-orm'),
      settings,
      results,
    };
  },
};
