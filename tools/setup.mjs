#!/usr/bin/env node
// Makes a checkout ready: dependencies, TypeScript build, chain build. Quick when nothing changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'build', 'stamps');

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

function filesUnder(folder) {
  return execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', folder], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path && existsSync(join(root, path)))
    .sort();
}

function digest(paths, ...salt) {
  const hash = createHash('sha256').update(salt.join('\0'));
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

async function step(name, wanted, isThere, work) {
  const stamp = join(stamps, name);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  process.stderr.write(`setup: ${name} ...\n`);
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
  process.stderr.write(`setup: ${name} done in ${Math.round((Date.now() - started) / 1000)} s\n`);
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
