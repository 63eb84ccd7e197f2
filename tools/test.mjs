#!/usr/bin/env node
// Runs every test of the repository and ends with the line "N passed, N failed". With --long it runs those that take too
// long for every day instead: Go tests named Test...Long and files named *.long.test.ts.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const total = { passed: 0, failed: 0 };
const long = process.argv.includes('--long');
const env = long ? { DMCN_TEST_LONG: '1' } : {};

function count(stage, { passed, failed }, exitCode) {
  const broken = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  if (broken) process.stdout.write(`${stage}: did not run to its end (exit code ${exitCode})\n`);
  total.passed += passed;
  total.failed += failed + broken;
  process.stdout.write(`${stage}: ${passed} passed, ${failed + broken} failed\n`);
}

async function goTests(stage, folder) {
  const result = { passed: 0, failed: 0 };
  const output = new Map();
  const which = long ? ['-run', 'Long$', '-timeout', '3h'] : [];
  const code = await run('go', ['test', '-json', ...which, './...'], {
    cwd: join(root, folder),
    env,
    onLine: (line) => {
      if (!line.startsWith('{')) return process.stderr.write(`${line}\n`);
      const event = JSON.parse(line);
      const key = `${event.Package ?? event.ImportPath} ${event.Test ?? ''}`;
      if (event.Action === 'output' || event.Action === 'build-output')
        output.set(key, (output.get(key) ?? '') + event.Output);
      if (event.Action === 'build-fail') process.stdout.write(output.get(key) ?? `${key} does not build\n`);
      if (event.Action === 'fail') process.stdout.write(output.get(key) ?? `${key} failed\n`);
      if (event.Test && event.Action === 'pass') result.passed += 1;
      if (event.Test && event.Action === 'fail') result.failed += 1;
      if (!event.Test && event.Action === 'pass')
        process.stdout.write(`ok ${event.Package} ${event.Elapsed}s\n`);
      if (event.Action !== 'output' && event.Action !== 'build-output') output.delete(key);
    },
  });
  count(stage, result, code);
}

async function vitest(stage, config) {
  const report = join(root, 'build', `${stage}.json`);
  rmSync(report, { force: true });
  const say = (line) => process.stderr.write(`${stage.padEnd(11)} | ${line}\n`);
  const code = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, env, onLine: say, onErrorLine: say },
  );
  const result = { passed: 0, failed: 0 };
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    result.passed = numPassedTests;
    result.failed = numFailedTests || (numFailedTestSuites > 0 && code !== 0 ? numFailedTestSuites : 0);
  } catch (cause) {
    process.stdout.write(`${stage}: no report: ${cause.message}\n`);
  }
  count(stage, result, code);
}

async function check(stage, command, args) {
  const code = await run(command, args, { cwd: root });
  count(stage, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, code);
}

const stages = {
  lint: () => check('lint', 'npm', ['run', '--silent', 'lint']),
  generated: () => check('generated', 'npm', ['run', '--silent', 'gen:check']),
  host: () => goTests('host', 'conformance/host'),
  chain: () => goTests('chain', 'chain'),
  packages: () => vitest('packages', 'vitest.config.ts'),
  networks: () => vitest('networks', 'test/networks/vitest.config.ts'),
  integration: () => vitest('integration', 'test/vitest.config.ts'),
};
const first = long ? ['chain'] : ['lint', 'generated', 'host', 'chain'];
/** These mostly wait for blocks, so they wait beside each other. */
const lanes = [['packages', 'networks'], ['integration']];

const known = [...first, ...lanes.flat()];
const wanted = process.argv.slice(2).filter((word) => word !== '--long');
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no test stage ${unknown.join(', ')}: choose from ${known.join(', ')}\n`);
  process.exit(2);
}
async function inTurn(names) {
  for (const name of names) if (wanted.length === 0 || wanted.includes(name)) await stages[name]();
}
await inTurn(first);
if (long) await inTurn(lanes.flat());
else await Promise.all(lanes.map(inTurn));
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
