#!/usr/bin/env node
// Builds the web page into dashboard/dist. Quick when nothing changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { digest, filesUnder, root, step } from './stamps.mjs';

const folder = join(root, 'dashboard');
const sources = filesUnder('dashboard').filter((path) => !/\.(test\.tsx?|md)$/.test(path));

await step(
  'dashboard',
  digest([...sources, 'package-lock.json']),
  () => existsSync(join(folder, 'dist', 'index.html')),
  async () => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: folder,
      env: { NODE_ENV: 'production' }, // whatever the caller's is: a page built for development names its sources
    });
    if (code === 0) return;
    process.stderr.write(
      `setup: the web page could not be built (exit code ${code}); vite's output is above\n`,
    );
    process.exit(1);
  },
);
