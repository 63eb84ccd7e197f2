import {
  type CheaterKind,
  cheaterKinds,
  cheaterLife,
  cheaterProcesses,
  cheaterPurse,
  cheaterTable,
  isCheaterKind,
  paths,
} from '@dmcn/devnet';
import { type Command, InvalidArgumentError } from 'commander';
import { withWorkerFlags } from '../commands/worker.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { type MakeContext, verb } from '../verb.js';
import { openWorkerHome } from '../worker/home.js';
import type { WorkerFlags } from '../worker/register.js';
import { startWorker } from '../worker/start.js';
import { isDevnet } from './chain-id.js';

type Life = ReturnType<typeof cheaterLife>;

interface CheatFlags extends WorkerFlags {
  readonly part: string;
  readonly accomplice?: string;
}

/** Reads the kind of a cheater. Throws what commander reports as wrong usage. */
export function cheaterKind(text: string): CheaterKind {
  if (isCheaterKind(text)) return text;
  throw new InvalidArgumentError(`choose from ${cheaterKinds.join(', ')}.`);
}

/** The verb that each process of a cheater runs. */
export function addCheat(devnet: Command, makeContext: MakeContext): void {
  const example = 'dmcn devnet cheat always --home cheater --node http://127.0.0.1:26657';
  withWorkerFlags(verb(devnet, 'cheat', 'works on a devnet as a worker that misbehaves', example))
    .argument('<kind>', 'how it misbehaves', cheaterKind)
    .option('--part <name>', 'its part, where the kind has an accomplice', 'worker')
    .option('--accomplice <dir>', 'home of the worker that it cheats with')
    .addHelpText('after', `\nKinds:\n${cheaterTable()}`)
    .action(async (kind: CheaterKind, flags: CheatFlags) => {
      const life = lifeOf(kind, flags);
      const context = makeContext(flags);
      const { chainId } = await context.chain();
      if (!isDevnet(chainId)) throw new Error(`${chainId} is no devnet: cheaters are for devnets only`);
      await startWorker(flags, context, withPurse(life, cheaterPurse(kind, flags.part), context));
    });
}

/** A life before which an owner fills its operator's purse up to an amount, in udmc. */
function withPurse(life: Life, amount: bigint, context: Context): Life {
  return async (identity, ports, ...rest) => {
    const { chain } = ports;
    const to = identity.operator.address;
    const missing = amount - (await chain.balance(to));
    if (missing > 0n) {
      const { owner } = await openWorkerHome(context, chain.chainId);
      await chain.send({ to, amount: missing }, { signer: owner.signer, signal: context.signal });
    }
    await life(identity, ports, ...rest);
  };
}

function lifeOf(kind: CheaterKind, { part, accomplice }: CheatFlags): Life {
  try {
    return cheaterLife(kind, part, accomplice);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** What somebody at the terminal can do to see the cheaters of a devnet be caught. */
export function whatToWatch(home: string, kinds: readonly CheaterKind[]): string[] {
  const processes = cheaterProcesses(kinds);
  if (processes.length === 0) return [];
  const looks = processes.map(
    ({ name }) => `         ${name}: dmcn worker status --home ${paths.cheater(home, name)}`,
  );
  return [
    'cheaters',
    cheaterTable([...new Set(kinds)]),
    `give them work with "dmcn job run ... --verify 1 --home ${home}", and look at what it does to them:`,
    ...looks,
  ];
}
