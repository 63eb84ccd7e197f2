import type { UploadAuthority } from '@dmcn/blob-store';
import { type ChainReader, everyPage, found, type Udmc } from '@dmcn/chain-client';
import { isTextSignedBy } from '@dmcn/chain-client/cosmos';

export interface AuthorityOptions {
  /** Bytes that an account may keep. */
  readonly quota: number;
  /** Balance from which on an account that neither works nor has an open job may keep something. */
  readonly leastBalance: Udmc;
}

/** What is known of an account, and until when it is believed. */
interface Standing {
  readonly isKnown: boolean;
  readonly untilMs: number;
  readonly atMs: number;
}

const KNOWN_MS = 60_000;
const UNKNOWN_MS = 3_000;
/** How long what is known is believed while the chain cannot be asked. */
const OLD_MS = 3_600_000;
const PATIENCE_MS = 8_000;
const REMEMBERED = 10_000;

/**
 * Judges uploads by the chain: permits are signed by accounts, and those get the quota that something scarce stands
 * behind, which is coins, a worker's bond, or a job's escrow.
 */
export function createAuthority(
  chain: () => Promise<ChainReader>,
  { quota, leastBalance }: AuthorityOptions,
): UploadAuthority {
  const standings = new Map<string, Standing>();

  const ask = async (account: string): Promise<boolean> => {
    const reader = await chain();
    if ((await reader.balance(account)) >= leastBalance) return true;
    if (await found(reader.worker(account))) return true;
    const jobs = await everyPage((page) => reader.jobs({ ...page, requester: account }));
    return jobs.some(({ state }) => state === 'Open' || state === 'Suspended');
  };

  const remember = (account: string, isKnown: boolean): void => {
    const atMs = Date.now();
    standings.delete(account);
    standings.set(account, { isKnown, atMs, untilMs: atMs + (isKnown ? KNOWN_MS : UNKNOWN_MS) });
    const oldest = standings.keys().next().value;
    if (standings.size > REMEMBERED && oldest !== undefined) standings.delete(oldest);
  };

  return {
    verify: async (terms, proof) => isTextSignedBy(proof.account, terms, proof),

    async allowance(account) {
      const before = standings.get(account);
      if (before === undefined || before.untilMs < Date.now()) {
        try {
          remember(account, await within(PATIENCE_MS, ask(account)));
        } catch (error) {
          if (!before?.isKnown || Date.now() - before.atMs > OLD_MS) throw error;
        }
      }
      return standings.get(account)?.isKnown ? quota : 0;
    },
  };
}

function within<T>(ms: number, asking: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the chain did not answer within ${ms} ms`)), ms);
    asking.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
