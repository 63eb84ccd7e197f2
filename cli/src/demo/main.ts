import { Command, CommanderError } from 'commander';
import { describe } from '../errors.js';
import { createOutput } from '../output.js';
import { endSignals, FORCED } from '../signals.js';
import { demoTable } from './report.js';
import { runDemo } from './run.js';

const program = new Command('npm run demo --')
  .description('Starts a network with three workers, runs the digits job through it and checks every output.')
  .option('--keep', 'leave the network running')
  .option('--json', 'print one JSON document')
  .exitOverride();

async function main(args: readonly string[]): Promise<number> {
  const signals = endSignals();
  try {
    const { keep = false, json = false } = program.parse(args, { from: 'user' }).opts();
    const out = createOutput(json);
    const result = await runDemo({ keep, out, signals });
    out.result(result.document, () => demoTable(result));
    return result.document.mismatches === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`demo: ${describe(error)}\n`);
    return signals.end.aborted ? FORCED : 1;
  }
}

process.exit(await main(process.argv.slice(2)));
