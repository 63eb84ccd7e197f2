import { join } from 'node:path';
import type { Progress, StateVerification, Verification } from '@dmcn/indexer';
import type { Command } from 'commander';
import { describe } from '../errors.js';
import { withSqlite } from '../installation/sqlite.js';
import { parse } from '../options.js';
import type { Output } from '../output.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addIndexer(program: Command, makeContext: MakeContext): void {
  const indexer = noun(program, 'indexer', 'turns blocks into a database that can be queried');
  addStart(indexer, makeContext);
  addVerify(indexer, makeContext);
  addBackup(indexer, makeContext);
}

function addStart(indexer: Command, makeContext: MakeContext): void {
  verb(
    indexer,
    'start',
    'follows the chain from where its database ends',
    'dmcn indexer start --db indexer.db',
  )
    .option('--db <file>', 'the database (default: indexer.db in the home)')
    .option('--port <port>', 'serve /health, /ready and /metrics there', parse.integer(0, 65_535))
    .option(
      '--keep-blocks <n>',
      'drop blocks, seeds, moves of reputation and bonds, and sums by minute that are older than so many blocks (default: all stay)',
      parse.integer(1_000, Number.MAX_SAFE_INTEGER),
    )
    .action(async (options) => {
      const context = makeContext(options);
      const { out, signal, home } = context;
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { givingWay, serveIndexer, startIndexer } = await withSqlite(() => import('@dmcn/indexer'));
      const client = await context.chain();
      out.progress(`indexing ${client.chainId} into ${dbPath}`);
      const service = options.port === undefined ? undefined : await serveIndexer({ port: options.port });
      if (service !== undefined) out.progress(`health and metrics at ${service.url}`);
      const { onProgress, onDelay } = reporter(out);
      const giveWay = givingWay();
      await startIndexer({
        client,
        dbPath,
        signal,
        ...(options.keepBlocks !== undefined && { keepBlocks: options.keepBlocks }),
        onProgress: (progress) => {
          giveWay(progress);
          service?.onProgress(progress);
          onProgress(progress);
        },
        onDelay: (reason) => {
          service?.onDelay(reason);
          onDelay(reason);
        },
      });
      await service?.close();
      client.close();
    });
}

function addVerify(indexer: Command, makeContext: MakeContext): void {
  verb(
    indexer,
    'verify',
    "compares a database with the chain's own answers about its last block, then with one that is built anew from the first block",
    'dmcn indexer verify --db indexer.db --quick',
  )
    .option('--db <file>', 'the database (default: indexer.db in the home)')
    .option('--quick', 'compare with the answers only')
    .action(async (options) => {
      const context = makeContext(options);
      const { out, signal, home } = context;
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { verifyIndex, verifyState } = await withSqlite(() => import('@dmcn/indexer'));
      const client = await context.chain();
      const { onProgress, onDelay } = reporter(out);
      const state = await verifyState({ client, dbPath, signal, onDelay });
      if (options.quick) {
        client.close();
        out.result({ state }, () => toldOf(state, dbPath));
        if (state.differences.length > 0) process.exitCode = 1;
        return;
      }
      out.progress(toldOf(state, dbPath));
      const verification = { ...(await verifyIndex({ client, dbPath, signal, onProgress, onDelay })), state };
      client.close();
      const { height, differing } = verification;
      out.result(verification, () =>
        differing.length === 0
          ? `every table of ${dbPath} is as a rebuild to block ${height} has it`
          : `not as a rebuild to block ${height} has them: ${namesOf(verification)}; delete ${dbPath} and index again`,
      );
      if (differing.length > 0 || state.differences.length > 0) process.exitCode = 1;
    });
}

function addBackup(indexer: Command, makeContext: MakeContext): void {
  verb(
    indexer,
    'backup',
    'copies a database into a new file, also while its indexer goes on',
    'dmcn indexer backup --db indexer.db --to indexer-copy.db',
  )
    .option('--db <file>', 'the database (default: indexer.db in the home)')
    .requiredOption('--to <file>', 'the copy')
    .action(async (options) => {
      const { out, home } = makeContext(options);
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { backupIndex } = await withSqlite(() => import('@dmcn/indexer'));
      backupIndex(dbPath, options.to);
      out.result({ from: dbPath, to: options.to }, () => `${dbPath} is copied to ${options.to}`);
    });
}

/** What came of the comparison with the chain's answers, each difference on a line. */
const toldOf = ({ height, compared, differences }: StateVerification, dbPath: string): string => {
  const things = Object.entries(compared).map(([what, count]) => `${count} ${what}`);
  const about = `the chain's answers about block ${height} (${things.join(', ')})`;
  if (differences.length === 0) return `${dbPath} is as ${about}`;
  const lines = differences.map(
    ({ what, id, field, indexed, chain }) =>
      `${what} ${id}${field && ` ${field}`}: ${indexed ?? 'none'} in the index, ${chain ?? 'none'} on the chain`,
  );
  return `${dbPath} is not as ${about}:\n${lines.join('\n')}`;
};

/** The tables that differ, with the keys of the rows. */
const namesOf = ({ differing, differences }: Verification): string =>
  differing
    .map((table) => {
      const keys = differences.filter((one) => one.table === table).map(({ key }) => key.join('/'));
      return `${table} (${keys.join(', ')})`;
    })
    .join(', ');

/** A delay is told once it has lasted that long. */
const DELAY_MS = 3_000;

/** Shows how far an indexer is, and what it waits for. */
function reporter(out: Output) {
  let progressed = Date.now();
  return {
    onProgress: ({ height, head, lag }: Progress) => {
      progressed = Date.now();
      if (lag > 0) out.status(`block ${height} of ${head} (${Math.floor((100 * height) / head)} %)`);
      else out.statusDone();
    },
    onDelay: (reason: unknown) => {
      if (Date.now() - progressed >= DELAY_MS) out.status(`waiting: ${describe(reason)}`);
    },
  };
}
