import { join } from 'node:path';
import { createBlobServer } from '@dmcn/blob-store/node';
import { type Command, Option } from 'commander';
import { createAuthority } from '../blobs/authority.js';
import { feedRetention } from '../blobs/feed.js';
import type { GlobalOptions } from '../context.js';
import { describe, UsageError } from '../errors.js';
import { parse } from '../options.js';
import { aborted } from '../signals.js';
import { type MakeContext, noun, verb } from '../verb.js';

interface BlobsFlags extends GlobalOptions {
  readonly dir?: string;
  readonly host: string;
  readonly port: number;
  readonly url?: readonly string[];
  readonly open?: boolean;
  readonly quota: number;
  readonly minBalance: bigint;
  readonly ttl: number;
  readonly margin: number;
  readonly minFree: number;
}

/** A day and a half of blocks of 3 s: longer than a challenge and a demand after it may take. */
const MARGIN_BLOCKS = 43_200;
/** Age of the newest known block above which nothing is dropped. */
const FRESH_MS = 120_000;

export function addBlobs(program: Command, makeContext: MakeContext): void {
  const blobs = noun(program, 'blobs', 'the store of inputs and encrypted outputs');
  const example = 'dmcn blobs start --node http://127.0.0.1:26657 --port 4001';
  verb(blobs, 'start', 'serves a directory of blobs over HTTP', example)
    .option('--dir <dir>', 'where the blobs lie (default: blobs in the home)')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', parse.integer(0, 65_535), 4_001)
    .option('--url <url>', 'URL that jobs name the store by, may be repeated', parse.each(parse.url))
    .option('--open', 'take uploads that no account signed, of any amount')
    .addOption(shown('--quota <bytes>', 'what an account may keep', parse.bytes, '1GiB'))
    .addOption(shown('--min-balance <amount>', 'coins that give a quota by themselves', parse.money, '1dmc'))
    .addOption(shown('--ttl <time>', 'how long a blob is kept that no job needs', parse.duration, '24h'))
    .option(
      '--margin <blocks>',
      'blocks that blobs are kept after their job is final',
      parse.integer(0, 100_000_000),
      MARGIN_BLOCKS,
    )
    .addOption(shown('--min-free <bytes>', 'free space below which nothing is taken', parse.bytes, '256MiB'))
    .action((flags: BlobsFlags) => serve(flags, makeContext));
}

/** An option whose default the help shows as it would be written. */
const shown = <T>(flags: string, description: string, read: (text: string) => T, byDefault: string): Option =>
  new Option(flags, description).argParser(read).default(read(byDefault), byDefault);

async function serve(flags: BlobsFlags, makeContext: MakeContext): Promise<void> {
  const context = makeContext(flags);
  const { home, out, signal, isNodeNamed } = context;
  if (!isNodeNamed && !flags.open) {
    throw new UsageError(
      'name the chain with --node URL, which tells who may store what; or take anything from anybody with --open',
    );
  }
  const { host, port, url, quota, minBalance, ttl, margin, minFree, dir = join(home, 'blobs') } = flags;
  const policy = { ttlMs: ttl, marginBlocks: margin, freshMs: FRESH_MS };
  const server = await createBlobServer({
    ...{ dir, host, port, minFreeBytes: minFree, sweepMs: Math.min(60_000, Math.max(1_000, ttl / 4)) },
    ...(url && { urls: url }),
    ...(!flags.open && { authority: createAuthority(context.chain, { quota, leastBalance: minBalance }) }),
    ...(isNodeNamed && { policy }),
    onSweep: (outcome) => {
      if ('error' in outcome) out.progress(`old blobs cannot be dropped: ${describe(outcome.error)}`);
      else if (outcome.gone > 0) out.progress(`dropped ${outcome.gone} blobs that no job needs`);
    },
  });
  out.progress(`blobs at ${server.url}, kept in ${dir}${flags.open ? ', open to anybody' : ''}`);
  const onTrouble = (error: unknown) => out.progress(`the chain cannot be followed: ${describe(error)}`);
  const feeding = isNodeNamed
    ? feedRetention(context.chain, server.retention, { marginBlocks: margin, signal, onTrouble })
    : undefined;
  await aborted(signal);
  await server.close();
  await feeding;
}
