import { CommanderError, InvalidArgumentError } from 'commander';
import { createContext } from './context.js';
import { describe, UsageError } from './errors.js';
import { createProgram } from './program.js';
import { endSignals, FORCED } from './signals.js';

/** Runs one command line. Exit codes: 0 success, 2 wrong usage, 130 ended by force, 1 anything else. */
async function main(args: readonly string[]): Promise<number> {
  const signals = endSignals();
  const program = createProgram((options) => createContext(options, process.env, signals));
  try {
    await program.parseAsync(args, { from: 'user' });
    if (signals.force.aborted) return FORCED;
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (signals.force.aborted) return FORCED;
    const wrongUsage = error instanceof UsageError || error instanceof InvalidArgumentError;
    if (error instanceof CommanderError && !wrongUsage) return error.exitCode === 0 ? 0 : 2;
    if (signals.end.aborted && error === signals.end.reason) return 1;
    process.stderr.write(`dmcn: ${describe(error)}\n`);
    return wrongUsage ? 2 : 1;
  }
}

process.exit(await main(process.argv.slice(2)));
