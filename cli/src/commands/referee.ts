import type { Command } from 'commander';
import { parse } from '../options.js';
import { type RegisterFlags, registerReferee } from '../referee/register.js';
import { type StartFlags, startReferee } from '../referee/start.js';
import { type MakeContext, noun, verb } from '../verb.js';

/** As long as the worst unit may take on a machine four times slower than the reference. */
const TIME_LIMIT_MS = 300_000;
const NICE = 10;

export function addReferee(program: Command, makeContext: MakeContext): void {
  const referee = noun(program, 'referee', 'executes disputed units beside a validator and votes');

  const starting = 'dmcn referee start --node http://127.0.0.1:26657 --operator validator';
  verb(referee, 'start', 'makes a key and votes for its validator until it is interrupted', starting)
    .option('--operator <key>', "key of the validator's operator in this home, which registers it first")
    .option('--max-gas <gas>', 'largest gas limit of a unit that it executes (default: any)', parse.positive)
    .option(
      '--time-limit <time>',
      'longest that a unit may run, such as 90s or 5m',
      parse.duration,
      TIME_LIMIT_MS,
    )
    .option('--cpu <percent>', 'share of one core that it uses', parse.integer(1, 100), 100)
    .option('--nice <n>', 'how far units stand back behind the validator', parse.integer(0, 19), NICE)
    .action((flags: StartFlags) => startReferee(flags, makeContext(flags)));

  const registering = 'dmcn referee register --from validator --referee referee';
  verb(
    referee,
    'register',
    "names the referee of a validator, signed by the validator's operator",
    registering,
  )
    .option('--referee <key>', "name of the referee's key in this home (default: referee)")
    .option('--account <address>', "the referee's account, where its key is elsewhere")
    .option('--encryption-key <hex>', 'its encryption key, as "dmcn referee start" prints it')
    .option('--no-fees', "do not pay the referee's fees")
    .action((flags: RegisterFlags) => registerReferee(flags, makeContext(flags)));
}
