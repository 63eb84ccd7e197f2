import { join } from 'node:path';
import { indexOperations } from '@dmcn/chain-client/indexed';
import type { Command } from 'commander';
import { withSqlite } from '../installation/sqlite.js';
import { parse } from '../options.js';
import { aborted } from '../signals.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addGraphql(program: Command, makeContext: MakeContext): void {
  const graphql = noun(program, 'graphql', 'answers questions about jobs, workers and payments');
  verb(
    graphql,
    'start',
    "serves an indexer's database over GraphQL",
    'dmcn graphql start --db indexer.db --port 4000',
  )
    .option('--db <file>', "the indexer's database (default: indexer.db in the home)")
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', parse.integer(0, 65_535), 4_000)
    .option('--graphiql', 'serve a page to try queries on')
    .option('--no-introspection', 'do not tell the schema')
    .option('--origin <origin...>', 'let only pages of these origins ask (default: any)')
    .option('--cache-mib <n>', 'answers kept for one block, in MiB', parse.integer(0, 65_536), 64)
    .option('--operations <file...>', 'operations that clients name by their SHA-256, beside those of dmcn')
    .option('--known-only', 'answer no other operations than those')
    .action(async (options) => {
      const { home, out, signal } = makeContext(options);
      const { host, port, graphiql = false, introspection, origin, cacheMib } = options;
      const { operations: files = [], knownOnly: only = false } = options;
      const dbPath = options.db ?? join(home, 'indexer.db');
      const { byHash, createGraphqlServer, readManifest } = await withSqlite(() => import('@dmcn/graphql'));
      const manifests = [byHash(indexOperations), ...files.map((file: string) => readManifest(file))];
      const operations = new Map(manifests.flatMap((manifest) => [...manifest]));
      const server = await createGraphqlServer({
        ...{ dbPath, host, port, graphiql, introspection },
        persisted: { operations, only },
        cacheBytes: cacheMib * 1024 * 1024,
        ...(origin && { origins: origin }),
      });
      out.progress(`GraphQL at ${server.url}`);
      await aborted(signal);
      await server.close();
    });
}
