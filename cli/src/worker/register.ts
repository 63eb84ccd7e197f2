import { found, type WorkerOffer } from '@dmcn/chain-client';
import type { Sender } from '@dmcn/chain-client/acting';
import { formatDmc } from '@dmcn/protocol';
import { ensureRegistered, FEE_RESERVE, shiftAt } from '@dmcn/worker';
import type { Context, GlobalOptions } from '../context.js';
import { askFaucet, faucetBeside } from '../faucet.js';
import type { WorkerHome } from './home.js';
import { type LimitFlags, termsOf, type WorkerLimits } from './limits.js';

export interface WorkerFlags extends GlobalOptions, LimitFlags {
  readonly ask: bigint;
  readonly memory: number;
  readonly feature?: readonly string[];
  readonly bond?: bigint;
  readonly blobs?: readonly string[];
  readonly faucet?: string;
}

const DEFAULT_BOND = 50_000_000n;
const MIB = 1024n * 1024n;

/** Funds the owner on a devnet, registers and bonds the worker, or brings its record up to date. */
export async function register(
  flags: WorkerFlags,
  home: WorkerHome,
  context: Context,
  sender: Sender,
  limits: WorkerLimits,
): Promise<void> {
  const chain = await context.chain();
  const { signer: owner, encryption } = home.owner;
  const known = await found(chain.worker(owner.address));
  const bond = known ? 0n : await bondOf(flags, home, context);
  const offer: WorkerOffer = {
    operator: home.operator.signer.address,
    encryptionKey: encryption.publicKey,
    ask: flags.ask,
    memory: BigInt(flags.memory) * MIB,
    features: [...new Set(flags.feature ?? [])].sort(),
    ...(await termsOf(limits, chain)),
  };
  const draw = placeInDraw(home, limits);
  const worker = await ensureRegistered(sender, { owner, offer, bond, draw }, context.signal);
  if (draw === 'in') home.pauseNote.write(undefined);
  context.out.progress(
    `worker ${worker.owner}: bond ${formatDmc(worker.bond)} DMC, asks ${worker.ask} udmc per 10^9 gas`,
  );
}

/** A worker that starts is in the draw, unless its schedule is closed or its user paused it. */
function placeInDraw({ pauseNote }: WorkerHome, { schedule }: WorkerLimits): 'in' | 'out' | 'unchanged' {
  if (pauseNote.read() === 'user') return 'unchanged';
  return schedule && !shiftAt(schedule, Date.now()).open ? 'out' : 'in';
}

/** What a new worker bonds, after its account was funded where a faucet does that. */
async function bondOf(flags: WorkerFlags, { owner }: WorkerHome, context: Context): Promise<bigint> {
  const chain = await context.chain();
  const { address } = owner.signer;
  const { lot } = await chain.workerParams();
  const wanted = flags.bond ?? DEFAULT_BOND;
  if ((await chain.balance(address)) < wanted + FEE_RESERVE) {
    const faucet =
      flags.faucet ?? context.config.faucet ?? faucetBeside(context.nodes[0] ?? '', chain.chainId);
    if (faucet !== undefined) {
      context.out.progress(`asking the faucet at ${faucet} for coins`);
      await askFaucet(faucet, address, wanted + 2n * FEE_RESERVE, context.signal).catch((error: unknown) => {
        context.out.progress(
          `the faucet gives nothing: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    }
  }
  const balance = await chain.balance(address);
  const affordable = balance > FEE_RESERVE ? balance - FEE_RESERVE : 0n;
  const bond = affordable < wanted && flags.bond === undefined ? affordable : wanted;
  if (bond > affordable || bond < lot) {
    const needed = (bond > lot ? bond : lot) + FEE_RESERVE;
    throw new Error(
      `the account ${address} has ${formatDmc(balance)} DMC; send it at least ${formatDmc(needed)} DMC for the bond and fees, then start again`,
    );
  }
  return bond;
}
