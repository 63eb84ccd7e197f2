import { Command } from 'commander';
import { addBlobs } from './commands/blobs.js';
import { addDevnet } from './commands/devnet.js';
import { addFaucet } from './commands/faucet.js';
import { addGraphql } from './commands/graphql.js';
import { addIndexer } from './commands/indexer.js';
import { addJob } from './commands/job.js';
import { addKey } from './commands/key.js';
import { addModule } from './commands/module.js';
import { addReferee } from './commands/referee.js';
import { addStake } from './commands/stake.js';
import { addWorker } from './commands/worker.js';
import { version } from './installation/version.js';
import type { MakeContext } from './verb.js';

/** The command `dmcn` with all its verbs. */
export function createProgram(makeContext: MakeContext): Command {
  const program = new Command('dmcn')
    .description('Sell idle computing power, or buy right answers for little.')
    .version(version(), '--version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('(see --help)')
    .exitOverride();
  for (const add of [
    addDevnet,
    addKey,
    addModule,
    addJob,
    addWorker,
    addReferee,
    addStake,
    addIndexer,
    addGraphql,
    addBlobs,
    addFaucet,
  ]) {
    add(program, makeContext);
  }
  return program;
}
