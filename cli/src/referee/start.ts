import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChainClient, everyPage, found, type Referee } from '@dmcn/chain-client';
import { patiently } from '@dmcn/chain-client/acting';
import { openFileJournal } from '@dmcn/chain-client/node';
import { bytesToHex } from '@dmcn/protocol';
import { REFEREE_DEFAULTS, type RefereeIdentity, type RefereeNotice, runReferee } from '@dmcn/referee';
import { createExecutor } from '@dmcn/runtime/node';
import type { Context, GlobalOptions } from '../context.js';
import { openRefereeHome, type RefereeHome } from './home.js';
import { keyNamed, register } from './register.js';
import { noticeText, show } from './report.js';

export interface StartFlags extends GlobalOptions {
  readonly operator?: string;
  readonly maxGas?: bigint;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly cpu: number;
  readonly nice: number;
}

const POLL_MS = 1_000;

/** Votes until it is told to end, from where the journal of its home says that the last one was. */
export async function startReferee(flags: StartFlags, context: Context): Promise<void> {
  const journal = await openFileJournal(join(context.home, 'referee-journal'));
  try {
    const chain = await context.chain();
    const home = await openRefereeHome(context, chain.chainId);
    home.writeStatus(statusOf(home, { state: 'registering' }));
    const tell = (news: RefereeNotice) => context.out.progress(noticeText(news));
    const identity = await patiently(() => identify(flags, home, context), tell, context.signal).catch(
      (error: unknown) => {
        if (!context.signal.aborted) throw error;
      },
    );
    if (identity === undefined) return home.writeStatus(statusOf(home, { state: 'stopped' }));
    const limits = { wallLimitMs: flags.timeLimit, cpuShare: flags.cpu / 100, niceness: flags.nice };
    const executor = createExecutor(limits);
    try {
      context.out.progress(`referee: votes for ${identity.validator} as ${identity.signer.address}`);
      const options = { ...REFEREE_DEFAULTS, ...(flags.maxGas !== undefined && { maxGas: flags.maxGas }) };
      await runReferee(identity, { chain, executor, journal }, options, {
        onState: (now) => {
          home.writeStatus(statusOf(home, { ...now, validator: identity.validator }));
          show(now, context.out);
        },
        onNotice: tell,
        stop: context.signal,
      });
    } finally {
      await executor.close();
      chain.close();
    }
  } finally {
    await journal.close();
  }
}

const statusOf = ({ account }: RefereeHome, now: object): object => ({
  ...now,
  pid: process.pid,
  account: account.signer.address,
  since: new Date().toISOString(),
});

/** For whom this referee votes, once the chain says so. */
async function identify(
  { operator }: StartFlags,
  { account }: RefereeHome,
  context: Context,
): Promise<RefereeIdentity> {
  const chain = await context.chain();
  const { signer, encryption } = account;
  if (operator !== undefined) {
    const key = await keyNamed(operator, context, chain.chainId);
    const named = { account: signer.address, encryptionKey: encryption.publicKey };
    await register(key.signer, named, true, context);
  }
  const { validator } = await registered(chain, account.signer.address, encryption.publicKey, context);
  const operatorAccount = chain.operatorOf(validator);
  const pays = await found(chain.feeAllowance({ granter: operatorAccount, grantee: signer.address }));
  return {
    validator,
    operator: operatorAccount,
    signer,
    encryption,
    ...(pays && { feeGranter: operatorAccount }),
  };
}

/** The record of an account that a validator's operator has made its referee; waits for that. */
async function registered(
  chain: ChainClient,
  account: string,
  encryptionKey: Uint8Array,
  { out, signal }: Context,
): Promise<Referee> {
  for (let told = false; ; told = true) {
    const referees = await everyPage((page) => chain.referees(page));
    const own = referees.find((each) => each.account === account);
    if (own !== undefined) return own;
    if (!told)
      out.progress(
        `referee: waits until a validator's operator names it: dmcn referee register --from OPERATOR --account ${account} --encryption-key ${bytesToHex(encryptionKey)}`,
      );
    await sleep(POLL_MS, undefined, { signal });
  }
}
