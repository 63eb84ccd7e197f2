import type { Address, EventData, LeaseId } from '@dmcn/chain-client';
import type { Chronicle } from './chronicle.js';
import type { Network } from './network.js';
import { sum } from './sum.js';

/** The two accounts of a worker. */
export interface Purses {
  readonly owner: Address;
  readonly operator: Address;
}

/** What became of what a worker has, its bond included, in blocks after one height up to another; all in udmc. */
export interface Fortune {
  /** Pay, audit fees and shares of what others lost. */
  readonly earned: bigint;
  /** Slashed, paid to auditors out of a bond, or given to a requester for a shown key. */
  readonly lost: bigint;
  /** Of transactions. */
  readonly fees: bigint;
  readonly change: bigint;
}

/** Reads what the events say of a worker's money, and what its accounts had before and after. */
export async function fortuneOf(
  { ledger }: Network,
  chronicle: Chronicle,
  { owner, operator }: Purses,
  from: number,
  to: number,
): Promise<Fortune> {
  const within = <T extends { readonly at: number }>(events: readonly T[]) =>
    events.filter(({ at }) => at > from && at <= to);
  const holderOf = ({ jobId, batch, epoch }: LeaseId) => {
    const same = (other: LeaseId) => other.jobId === jobId && other.batch === batch && other.epoch === epoch;
    return chronicle.all('BatchCommitted', same)[0]?.worker;
  };
  const audits = within(chronicle.all('AuditPaid'));
  const shares = within(chronicle.all('SlashReleased')).flatMap(({ slash }) => slash.shares);
  const sent = (await ledger.transfers(from, to)).filter(
    ({ sender, recipient }) => sender === operator && recipient !== owner,
  );
  const [before, after, fees] = await Promise.all([
    wealthAt(from),
    wealthAt(to),
    Promise.all([owner, operator].map((payer) => ledger.fees(payer, from, to))),
  ]);
  return {
    earned: sum([
      ...within(chronicle.all('BatchPaid', ({ worker }) => worker === owner)).map(({ pay }) => pay),
      ...audits.filter(({ auditor }) => auditor === owner).map(({ fee }) => fee),
      ...shares.filter(({ recipient }) => recipient === owner).map(({ amount }) => amount),
    ]),
    lost: sum([
      ...within(chronicle.all('SlashHeld', ({ slash }) => slash.owner === owner)).map(
        ({ slash }) => slash.amount,
      ),
      ...audits.filter((audit) => audit.source === 'lock' && holderOf(audit) === owner).map(({ fee }) => fee),
      ...sent.map(({ amount }) => amount),
    ]),
    fees: sum(fees),
    change: after - before,
  };

  async function wealthAt(height: number): Promise<bigint> {
    const balances = await Promise.all([owner, operator].map((account) => ledger.balance(account, height)));
    return sum(balances) + bondAt(chronicle, owner, height);
  }
}

/** The whole bond of a worker at a height. */
function bondAt(chronicle: Chronicle, owner: Address, height: number): bigint {
  const registered = ({ worker }: EventData['WorkerRegistered']) => worker.owner === owner;
  const known = [
    ...chronicle.all('WorkerRegistered', registered).map(({ at, worker }) => ({ at, bond: worker.bond })),
    ...chronicle
      .all('BondChanged', (change) => change.owner === owner)
      .map(({ at, newBond: bond }) => ({ at, bond })),
  ];
  return known.filter(({ at }) => at <= height).at(-1)?.bond ?? 0n;
}
