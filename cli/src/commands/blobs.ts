import { join } from 'node:path';
import { createBlobServer } from '@dmcn/blob-store/node';
import type { Command } from 'commander';
import { parse } from '../options.js';
import { aborted } from '../signals.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addBlobs(program: Command, makeContext: MakeContext): void {
  const blobs = noun(program, 'blobs', 'the store of inputs and encrypted outputs');
  verb(blobs, 'start', 'serves a directory of blobs over HTTP', 'dmcn blobs start --port 4001')
    .option('--dir <dir>', 'where the blobs lie (default: blobs in the home)')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', parse.integer(0, 65_535), 4_001)
    .action(async (options) => {
      const { home, out, signal } = makeContext(options);
      const { host, port, dir = join(home, 'blobs') } = options;
      const server = await createBlobServer({ dir, host, port });
      out.progress(`blobs at ${server.url}, kept in ${dir}`);
      await aborted(signal);
      await server.close();
    });
}
