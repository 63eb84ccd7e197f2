import { join } from 'node:path';
import type { Progress } from '@dmcn/indexer';
import type { Command } from 'commander';
import { describe } from '../errors.js';
import { withSqlite } from '../installation/sqlite.js';
import type { Output } from '../output.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addIndexer(program: Command, makeContext: MakeContext): void {
  const indexer = noun(program, 'indexer', 'turns blocks into a database that can be queried');
  addStart(indexer, makeContext);
  addVerify(indexer, makeContext);
}

function addStart(indexer: Command, makeContext: MakeContext): void {
  verb(
    indexer,
    'start',
    'follows the chain from where its database ends',
    'dmcn indexer start --db indexer.db',
  )
    .option('--db <file>', 'the database (default: indexer.db in the home)')
    .action(async (options) => {
      const context = makeContext(options);
      const { out, signal, home } = context;
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { startIndexer } = await withSqlite(() => import('@dmcn/indexer'));
      const client = await context.chain();
      out.progress(`indexing ${client.chainId} into ${dbPath}`);
      await startIndexer({ client, dbPath, signal, ...reporter(out) });
      client.close();
    });
}

function addVerify(indexer: Command, makeContext: MakeContext): void {
  verb(
    indexer,
    'verify',
    "compares a database with one that is built anew from the chain's first block",
    'dmcn indexer verify --db indexer.db',
  )
    .option('--db <file>', 'the database (default: indexer.db in the home)')
    .action(async (options) => {
      const context = makeContext(options);
      const { out, signal, home } = context;
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { verifyIndex } = await withSqlite(() => import('@dmcn/indexer'));
      const client = await context.chain();
      const verification = await verifyIndex({ client, dbPath, signal, ...reporter(out) });
      client.close();
      const { height, differing } = verification;
      out.result(verification, () =>
        differing.length === 0
          ? `every table of ${dbPath} is as a rebuild to block ${height} has it`
          : `not as a rebuild to block ${height} has them: ${differing.join(', ')}; delete ${dbPath} and index again`,
      );
      if (differing.length > 0) process.exitCode = 1;
    });
}

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
