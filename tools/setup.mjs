#!/usr/bin/env node
// Makes a checkout ready: dependencies, chain build, TypeScript build, web page. Quick when nothing changed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { digest, filesUnder, root, step } from './stamps.mjs';

function fail(message) {
  process.stderr.write(`setup: ${message}\n`);
  process.exit(1);
}

function version(command, args, missing) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return fail(missing);
  }
}

async function must(command, args, cwd = root) {
  const code = await run(command, args, { cwd });
  if (code !== 0) fail(`"${command} ${args.join(' ')}" ended with ${code}; its output is above`);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`needs Node 20.19 or newer, this is ${process.versions.node}`);
const goVersion = version(
  'go',
  ['version'],
  'needs Go 1.26 or newer to build the chain: install it and put "go" on the PATH',
);
version('git', ['--version'], 'needs git');

await step(
  'dependencies',
  digest(['package-lock.json'], process.versions.node),
  () => existsSync(join(root, 'node_modules', '.package-lock.json')),
  () => must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
);
await step(
  'chain',
  digest(
    filesUnder('chain').filter((path) => /(\.go|go\.mod|go\.sum)$/.test(path) && !path.endsWith('_test.go')),
    goVersion,
  ),
  () => existsSync(join(root, 'chain', 'build', 'dmcnd')),
  () => must('go', ['build', '-o', 'build/dmcnd', './cmd/dmcnd'], join(root, 'chain')),
);
await must(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);
await must(process.execPath, [join(root, 'tools', 'dashboard.mjs')]);
