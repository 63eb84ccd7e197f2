import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { applyBlock, openStore } from '@dmcn/indexer/testing';
import { alternate } from '../alternate.js';
import type { Bench, BenchOptions } from '../bench.js';
import { writePart } from '../page.js';
import { type Report, type Result, summarise, thisMachine } from '../report.js';
import { type Contender, contenders, type Served, start } from './contenders.js';
import { addJobs, chainOf, indexInto } from './fixture.js';
import { load, post, quantile, subscribe } from './load.js';
import { bodyOf, type OperationName, operationNames } from './operations.js';
import { partOf } from './page.js';
import { versionsOf } from './versions.js';

const page = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));

const PARALLEL = 8;
/** Requests of each operation before the first round: servers are measured once their code is compiled. */
const WARM = 1_000;
const SUBSCRIBERS = 1_000;

interface Settings {
  readonly rounds: number;
  /** Of the costliest operation, to each server in each round. */
  readonly requests: number;
  /** Of any operation, to servers that answer with bytes that they have. */
  readonly keptRequests: number;
  /** From which a p99 or a p95 is taken. */
  readonly timedRequests: number;
  readonly jobs: number;
  /** Of the chain that is read while requests are answered, at first. */
  readonly grownJobs: number;
  readonly listedJobs: number;
}

const settingsOf = ({ quick }: BenchOptions): Settings =>
  quick
    ? {
        rounds: 3,
        requests: 500,
        keptRequests: 5_000,
        timedRequests: 2_000,
        jobs: 100,
        grownJobs: 5_000,
        listedJobs: 1_000_000,
      }
    : {
        rounds: 5,
        requests: 1_000,
        keptRequests: 20_000,
        timedRequests: 4_000,
        jobs: 300,
        grownJobs: 10_000,
        listedJobs: 1_000_000,
      };

/** How often the cheaper operations are asked for each time of the costliest one: what is short must not decide. */
const repeats: Readonly<Record<OperationName, number>> = { point: 5, list: 2, nested: 1, aggregate: 5 };

const requestsOf = (each: Contender, name: OperationName, { requests, keptRequests }: Settings): number =>
  each === 'cached' || each === 'httpBytes' ? keptRequests : requests * repeats[name];

/** Every contender must give the same data. */
const checkSame = async (servers: Readonly<Record<Contender, Served>>): Promise<void> => {
  for (const name of operationNames) {
    const data = await Promise.all(
      contenders.map(async (each) => JSON.parse(await post(servers[each].url, bodyOf(name))).data),
    );
    for (const [i, found] of data.entries()) {
      if (found == null || !isDeepStrictEqual(found, data[0])) {
        throw new Error(
          `${contenders[i]} answers ${name} with other data: ${JSON.stringify(found)?.slice(0, 300)}`,
        );
      }
    }
  }
};

/** Processor time a request of each contender and operation, in microseconds. */
const measureCpu = async (dbPath: string, settings: Settings, progress: (line: string) => void) => {
  const started = await Promise.all(
    contenders.map(async (each) => [each, await start(each, dbPath)] as const),
  );
  const servers = Object.fromEntries(started) as Record<Contender, Served>;
  try {
    await checkSame(servers);
    for (const each of contenders) {
      for (const name of operationNames) {
        await load(servers[each].url, [bodyOf(name)], { requests: WARM, parallel: PARALLEL });
      }
    }
    const samples: Partial<Record<string, Record<Contender, readonly number[]>>> = {};
    for (const name of operationNames) {
      progress(`${name}: ${settings.rounds} rounds of requests to each of ${contenders.length} servers`);
      samples[name] = await alternate(contenders, settings.rounds, async (each) => {
        const requests = requestsOf(each, name, settings);
        // a server that waited for its turn first wakes up
        await load(servers[each].url, [bodyOf(name)], { requests: requests / 2, parallel: PARALLEL });
        const before = await servers[each].cpu();
        await load(servers[each].url, [bodyOf(name)], { requests, parallel: PARALLEL });
        return ((await servers[each].cpu()) - before) / requests / 1_000;
      });
    }
    return samples as Record<string, Record<Contender, readonly number[]>>;
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
};

type Samples = Awaited<ReturnType<typeof measureCpu>>;

const ratios = (samples: Samples, of: readonly Contender[], to: Contender): readonly number[] =>
  operationNames.flatMap((name) =>
    (samples[name]?.[to] ?? []).map((time, round) => {
      const others = of.map((each) => samples[name]?.[each][round] ?? Number.NaN);
      return Math.min(...others) / time;
    }),
  );

const cpuResults = (samples: Samples): readonly Result[] => [
  summarise('cached_vs_http', 'x', ratios(samples, ['httpBytes'], 'cached'), 0.8, 'least'),
  summarise('uncached_vs_yoga_apollo', 'x', ratios(samples, ['yoga', 'apollo'], 'uncached'), 1, 'least'),
  summarise('uncached_vs_yoga', 'x', ratios(samples, ['yoga'], 'uncached'), 1, 'least'),
  summarise('uncached_vs_apollo', 'x', ratios(samples, ['apollo'], 'uncached'), 1, 'least'),
  summarise('uncached_vs_mercurius', 'x', ratios(samples, ['mercurius'], 'uncached')),
  summarise('uncached_vs_mercurius_jit', 'x', ratios(samples, ['mercuriusJit'], 'uncached')),
  summarise('uncached_vs_http_sql', 'x', ratios(samples, ['httpSql'], 'uncached')),
  ...operationNames.flatMap((name) =>
    contenders.map((each) => summarise(`${name}_${each}_cpu`, 'µs', samples[name]?.[each] ?? [])),
  ),
];

/** p99 while another process writes blocks into the file as fast as it can, over p99 at rest. */
const backfill = async (
  folder: string,
  { jobs, grownJobs, timedRequests: requests, rounds }: Settings,
): Promise<Result> => {
  const dbPath = join(folder, 'growing.db');
  indexInto(dbPath, chainOf(jobs));
  const server = await start('uncached', dbPath);
  const bodies = operationNames.map(bodyOf);
  const p99 = async () => quantile(await load(server.url, bodies, { requests, parallel: 2 }), 0.99);
  try {
    await p99();
    const samples: number[] = [];
    for (let chainJobs = grownJobs; samples.length < rounds; ) {
      const rest = await p99();
      const program = fileURLToPath(new URL('./write-process.js', import.meta.url));
      const writer = fork(program, [dbPath, `${chainJobs}`], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const over = once(writer, 'exit');
      await Promise.race([once(writer, 'message'), over]);
      const busy = await p99();
      if (writer.exitCode === null) samples.push(busy / rest);
      else if (writer.exitCode === 0) chainJobs *= 2;
      else throw new Error(`the indexer ended with exit code ${writer.exitCode}`);
      writer.kill();
      await over;
    }
    return summarise('backfill_p99_over_rest', 'x', samples, 2);
  } finally {
    await server.stop();
  }
};

const lists = [
  '{ jobs(first: 50) { edges { node { id state funded } } } }',
  '{ jobs(first: 50, orderBy: PRICE_ASC) { edges { node { id maxPrice } } } }',
  '{ jobs(first: 50, filter: { requester: "dmcn1requester77" }) { totalCount edges { node { id } } } }',
  '{ jobs(first: 50, filter: { state: Settled }, orderBy: ID_ASC) { edges { node { id } } } }',
].map((query) => JSON.stringify({ query }));

const listTimes = async (
  dbPath: string,
  { rounds, timedRequests: requests, listedJobs }: Settings,
): Promise<Result> => {
  addJobs(dbPath, listedJobs);
  const server = await start('uncached', dbPath);
  try {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const times = await load(server.url, lists, { requests, parallel: 2 });
      if (round > 0 || rounds === 1) samples.push(quantile(times, 0.95));
    }
    return summarise('list_p95_ms', 'ms', samples, 50);
  } finally {
    await server.stop();
  }
};

/** From a block’s commit until the last of 1,000 subscribers has it. */
const subscriptions = async (folder: string, { rounds }: Settings): Promise<Result> => {
  const dbPath = join(folder, 'followed.db');
  const net = chainOf(10);
  indexInto(dbPath, net);
  const server = await start('cached', dbPath);
  try {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const query = 'subscription { blocks { height hash time events } }';
      const waiting = await Promise.all(
        Array.from({ length: SUBSCRIBERS }, () => subscribe(server.url, query)),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const store = openStore(dbPath);
      applyBlock(store, net.endBlock(), net.blocks.length);
      const before = performance.now();
      store.close();
      samples.push(Math.max(...(await Promise.all(waiting.map(({ event }) => event)))) - before);
    }
    return summarise('subscription_ms', 'ms', samples, 500);
  } finally {
    await server.stop();
  }
};

/** The API beside other servers of the same schema over the same file. */
export const graphql: Bench = {
  about: 'processor time a request of the API, beside yoga, Apollo, Mercurius and bare HTTP',
  async run(options) {
    const settings = settingsOf(options);
    const folder = mkdtempSync(join(tmpdir(), 'dmcn-bench-graphql-'));
    try {
      const dbPath = join(folder, 'index.db');
      indexInto(dbPath, chainOf(settings.jobs));
      const results = [...cpuResults(await measureCpu(dbPath, settings, options.progress))];
      options.progress('p99 at rest and while blocks are written');
      results.push(await backfill(folder, settings));
      options.progress(`${SUBSCRIBERS} subscribers wait for a block`);
      results.push(await subscriptions(folder, settings));
      options.progress(`lists of ${settings.listedJobs} jobs`);
      copyFileSync(dbPath, join(folder, 'many.db'));
      results.push(await listTimes(join(folder, 'many.db'), settings));
      const report: Report = {
        name: 'graphql',
        machine: thisMachine(),
        versions: versionsOf(
          'graphql',
          'graphql-yoga',
          '@apollo/server',
          'mercurius',
          'fastify',
          'better-sqlite3',
        ),
        settings: { ...settings, parallel: PARALLEL, subscribers: SUBSCRIBERS, warm: WARM },
        results,
      };
      if (options.page) writePart(page, 'graphql', partOf(report, options.quick));
      return report;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
