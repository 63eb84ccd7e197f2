#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { Bench } from './bench.js';
import { crowd } from './crowd.js';
import { gas } from './gas/gas.js';
import { graphql } from './graphql/graphql.js';
import { incentives } from './incentives/incentives.js';
import { indexer } from './indexer/indexer.js';
import { referee } from './referee/referee.js';
import { toText } from './report.js';
import { runtime } from './runtime/runtime.js';

const benches: Readonly<Record<string, Bench>> = {
  crowd,
  gas,
  graphql,
  incentives,
  indexer,
  referee,
  runtime,
};

const usage = `Usage: npm run bench -- NAME [--quick] [--json] [--page]

${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(10)}  ${about}`)
  .join('\n')}

  --quick  fewer rounds, within ten minutes
  --json   one document on stdout
  --page   write the figures into docs/ too (graphql, incentives, indexer)

Example:
  $ npm run --silent bench -- crowd --quick --json
`;

/** Runs the named bench and returns the exit code: 2 for wrong usage, 1 where it could not measure. */
async function main(): Promise<number> {
  let name: string | undefined;
  let flags: { quick?: boolean; json?: boolean; page?: boolean; help?: boolean };
  try {
    const options = {
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      page: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    [name, flags] = [positionals.length === 1 ? positionals[0] : undefined, values];
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (flags.help) {
    process.stdout.write(usage);
    return 0;
  }
  const bench = name === undefined ? undefined : benches[name];
  if (!bench) {
    process.stderr.write(
      `bench: ${name === undefined ? 'name one bench' : `there is no bench "${name}"`}\n\n${usage}`,
    );
    return 2;
  }
  const progress = (line: string) => void process.stderr.write(`${name}: ${line}\n`);
  const report = await bench.run({ quick: flags.quick ?? false, page: flags.page ?? false, progress });
  process.stdout.write(`${flags.json ? JSON.stringify(report) : toText(report)}\n`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exitCode = 1;
  },
);
