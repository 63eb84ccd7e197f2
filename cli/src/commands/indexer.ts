import { join } from 'node:path';
import type { Command } from 'commander';
import { type MakeContext, noun, verb } from '../verb.js';

export function addIndexer(program: Command, makeContext: MakeContext): void {
  const indexer = noun(program, 'indexer', 'turns blocks into a database that can be queried');
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
      const { startIndexer } = await import('@dmcn/indexer');
      const client = await context.chain();
      out.progress(`indexing ${client.chainId} into ${dbPath}`);
      await startIndexer({
        client,
        dbPath,
        signal,
        onProgress: ({ height, head, lag }) => {
          if (lag > 0) out.status(`block ${height} of ${head} (${Math.floor((100 * height) / head)} %)`);
          else out.statusDone();
        },
      });
      client.close();
    });
}
