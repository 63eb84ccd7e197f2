import type { Command } from 'commander';
import type { Context, GlobalOptions } from './context.js';
import { parse } from './options.js';

/** Makes the context of a verb from the options that it was given. */
export type MakeContext = (options: GlobalOptions) => Context;

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
