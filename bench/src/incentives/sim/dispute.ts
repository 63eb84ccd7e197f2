import { differs, firstDifference, isWrong } from './batch.js';
import { requeue } from './job.js';
import type { Network } from './network.js';
import { permutation } from './random.js';
import { payReferees } from './referees.js';
import type { Audit, Batch, Party, Worker } from './types.js';

/** Blocks from the head of the queue to a verdict on a typical unit: execution, commits, reveals. */
export const VERDICT = 10;

/** An account that challenged: a party's own or the requester's. */
export interface Challenger {
  readonly account: string;
  readonly party?: Party | undefined;
}

/** Puts the lowest unit on which an audit differs before the referees. False where none does. */
export function dispute(world: Network, batch: Batch): boolean {
  const position = firstDifference(batch);
  if (position === undefined) return false;
  queue(world, batch, position);
  return true;
}

/** Anyone's challenge of a unit, against a deposit. */
export function challenge(world: Network, batch: Batch, position: number, challenger: Challenger): void {
  world.ledger.move(challenger.account, 'deposits', batch.job.prices.challengeDeposit);
  queue(world, batch, position, challenger);
}

function queue(world: Network, batch: Batch, position: number, challenger?: Challenger): void {
  batch.state = 'Voting';
  batch.version += 1;
  world.disputesUntil = Math.max(world.height, world.disputesUntil) + VERDICT;
  world.atHeight(batch, world.disputesUntil, () => verdict(world, batch, position, challenger));
}

/** What the referees find: each honest one executes the unit, each lazy one votes for the worker's leaf. */
function verdict(world: Network, batch: Batch, position: number, challenger?: Challenger): void {
  const { holder } = batch;
  if (holder === undefined) return;
  const { validators, byzantine, lazyReferees = 0, terms } = world.scenario;
  world.disputes += 1;
  world.refereed.votes += 1;
  world.gas.referee += BigInt(validators - lazyReferees) * terms.gas;
  const friends = holder.party.colludes ? byzantine : 0;
  const wrong = isWrong(batch, position);
  const against = wrong ? validators - lazyReferees - friends : 0;
  const forWorker = wrong ? lazyReferees + friends : validators;
  if (against * 2 > validators) {
    fraud(world, batch, holder, position, challenger);
    return;
  }
  if (forWorker * 2 > validators) {
    batch.settled.add(position);
    punishAccusers(world, batch, holder, position, challenger);
  } else if (challenger) giveBack(world, batch, challenger);
  if (!dispute(world, batch)) world.toChallenge(world, batch);
}

/** The referees execute the samples of a batch whose key was shown, since no audit of it could be blind. */
export function disputeSamples(world: Network, batch: Batch, holder: Worker): void {
  const { samples, terms } = batch.job.prices;
  const { validators, lazyReferees = 0 } = world.scenario;
  world.disputes += samples;
  world.gas.referee += BigInt(samples * (validators - lazyReferees)) * terms.gas;
  const order = permutation(terms.batchSize, (i) =>
    world.chance('sample', world.height, batch.id, batch.epoch, i),
  );
  const wrong = order.slice(0, samples).find((position) => isWrong(batch, position));
  if (wrong === undefined) world.toChallenge(world, batch);
  else fraud(world, batch, holder, wrong);
}

function giveBack(world: Network, batch: Batch, { account }: Challenger): void {
  world.ledger.move('deposits', account, batch.job.prices.challengeDeposit);
}

/** The deposits of whoever was wrong about the worker: referees first, then half burned, half to the worker. */
function punishAccusers(
  world: Network,
  batch: Batch,
  holder: Worker,
  position: number,
  challenger?: Challenger,
): void {
  const { challengeDeposit, deposit } = batch.job.prices;
  if (challenger) {
    if (challenger.party) world.tally(challenger.party).other -= challengeDeposit;
    splitDeposit(world, challengeDeposit, true, holder.party);
  }
  for (const audit of batch.audits.filter((each) => !each.paid && differs(batch, each, position))) {
    loseDeposit(world, audit, deposit);
    splitDeposit(world, deposit, true, holder.party);
  }
}

function loseDeposit(world: Network, audit: Audit, deposit: bigint): void {
  audit.paid = true;
  world.registry.forfeit(audit.auditor, deposit, 'deposits');
  const tally = world.tally(audit.auditor.party);
  tally.auditing -= deposit;
  tally.slashed += deposit;
}

function splitDeposit(world: Network, amount: bigint, forWorker: boolean, to?: Party): void {
  const from = 'deposits';
  const { refereeCost } = world.scenario.rules.audit;
  const referees = refereeCost < amount ? refereeCost : amount;
  payReferees(world, from, referees, forWorker);
  const half = (amount - referees) / 2n;
  if (to) world.pay(to, 'other', from, half);
  else world.ledger.move(from, 'burned', half);
  world.ledger.move(from, 'burned', amount - referees - half);
}

/** Frees the deposits of audits that are over. */
export function returnDeposits(world: Network, batch: Batch): void {
  for (const audit of batch.audits) {
    if (audit.paid || !audit.post) continue;
    audit.paid = true;
    world.registry.unlock(audit.auditor, batch.job.prices.deposit);
  }
}

function fraud(
  world: Network,
  batch: Batch,
  holder: Worker,
  position: number,
  challenger?: Challenger,
): void {
  const { registry, heights } = world;
  const { audit, lot } = world.scenario.rules;
  const { bond, deposit } = batch.job.prices;
  registry.forfeit(holder, bond, 'hold');
  const tally = world.tally(holder.party);
  tally.work -= bond;
  tally.slashed += bond;
  tally.frauds += 1;
  tally.caughtBatches += 1;
  tally.caughtAfterBlocks.push(world.height - holder.firstWrong);
  tally.caughtAfterBatches.push(holder.wrong);
  const right = batch.audits.filter(({ post, samples }) => post?.[samples.indexOf(position)] === 0);
  for (const each of batch.audits)
    if (each.post && !each.paid && each.samples.includes(position) && !right.includes(each)) {
      loseDeposit(world, each, deposit);
      splitDeposit(world, deposit, false);
    }
  heights.put(world.height + audit.holdBlocks, () =>
    split(world, batch, bond, right[0]?.auditor, challenger),
  );
  if (challenger) giveBack(world, batch, challenger);
  returnDeposits(world, batch);
  holder.standing = 0;
  holder.frauds += 1;
  const wasActive = holder.status === 'active';
  registry.setStatus(holder, holder.frauds > 1 ? 'tombstoned' : 'jailed');
  if (holder.party.returns && wasActive) registry.register(holder.party);
  else if (holder.status === 'jailed')
    heights.put(world.height + audit.jailBlocks, () => {
      if (holder.status === 'jailed' && holder.bond >= lot) registry.setStatus(holder, 'active');
    });
  requeue(world, batch);
}

/** A forfeited bond, once it can no longer be reversed. */
function split(world: Network, batch: Batch, bond: bigint, auditor?: Worker, challenger?: Challenger): void {
  const { audit } = world.scenario.rules;
  const { batchPrice, escrow } = batch.job.prices;
  const bounty = (bond * BigInt(audit.proverBps)) / 10_000n;
  const capped = bounty < batchPrice ? bounty : batchPrice;
  let rest = bond;
  if (auditor) {
    world.pay(auditor.party, 'auditing', 'hold', bounty);
    rest -= bounty;
  } else if (challenger) {
    world.ledger.move('hold', challenger.account, capped);
    if (challenger.party) world.tally(challenger.party).other += capped;
    rest -= capped;
  }
  const share = (bond * BigInt(audit.requesterBps)) / 10_000n;
  const requester = share < escrow ? share : escrow;
  world.ledger.move('hold', batch.job.requester, requester);
  const own = world.scenario.parties.find(({ name }) => name === batch.job.requester);
  if (own) world.tally(own).other += requester;
  rest -= requester;
  const referees = audit.refereeCost < rest ? audit.refereeCost : rest;
  payReferees(world, 'hold', referees, false);
  world.ledger.move('hold', 'burned', rest - referees);
}
