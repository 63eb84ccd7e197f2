import { Command } from 'commander';
import { addBlobs } from './commands/blobs.js';
import { addDevnet } from './commands/devnet.js';
import { addFaucet } from './commands/faucet.js';
import { addGraphql } from './commands/graphql.js';
import { addIndexer } from './commands/indexer.js';
import { addJob } from './commands/job.js';
import { addKey } from './commands/key.js';
import { addModule } from './commands/module.js';
import { addWorker } from './commands/worker.js';
import type { Context, GlobalOptions } from './context.js';
import { parse } from './options.js';

/** Makes the context of a verb from the options that it was given. */
export type MakeContext = (options: GlobalOptions) => Context;

/** The command `dmcn` with all its verbs. */
export function createProgram(makeContext: MakeContext): Command {
  const program = new Command('dmcn')
    .description('Sell idle computing power, or buy right answers for little.')
    .helpCommand(false)
    .showHelpAfterError('(see --help)')
    .exitOverride();
  for (const add of [
    addDevnet,
    addKey,
    addModule,
    addJob,
    addWorker,
    addIndexer,
    addGraphql,
    addBlobs,
    addFaucet,
  ]) {
    add(program, makeContext);
  }
  return program;
}

/** A verb below a noun, with the options that every verb has and an example for its help. */
export function verb(noun: Command, usage: string, description: string, example: string): Command {
  return noun
    .command(usage)
    .description(description)
    .option('--home <dir>', 'keys and configuration (default: $DMCN_HOME or ~/.dmcn)')
    .option('--node <url>', 'RPC address of a chain node, may be repeated', parse.each(parse.url))
    .option('--graphql <url>', 'GraphQL address, may be repeated', parse.each(parse.url))
    .option('--from <key>', 'name of the key that signs')
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExample:\n  $ ${example}`);
}

/** A noun that groups verbs. */
export function noun(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).helpCommand(false);
}
