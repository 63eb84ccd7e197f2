import { isWrong, wrongUnits } from './batch.js';
import type { Network } from './network.js';
import { drawnOpeners } from './openers.js';
import { toOpening } from './opening.js';
import { below, permutation } from './random.js';
import type { Audit, AuditChoice, Batch, Worker } from './types.js';
import { guess } from './work.js';
import { lessAvailable, moreAvailable } from './worker.js';

const MOST_ROUNDS = 16;

/** A committed batch waits for its coin, from the next height on. */
export function openWindow(world: Network, batch: Batch, worker: Worker): void {
  const { audit, coinHeights } = world.scenario.rules;
  batch.certain = worker.standing < audit.record;
  batch.window = coinHeights;
  const framed =
    world.scenario.showKeys && drawnOpeners(world, batch).some((each) => each < world.scenario.byzantine);
  if (framed && !worker.party.colludes) showKey(world, batch, worker);
  if (batch.state === 'Committed') world.coins.add(batch);
}

/** An opener puts a batch's leaf key on chain before it was audited. */
function showKey(world: Network, batch: Batch, worker: Worker): void {
  const { shownKey } = world.scenario.rules.audit;
  world.shown += 1;
  batch.shown = true;
  if (shownKey.costs) payForAudit(world, batch);
  else worker.standing = 0;
  if (shownKey.audited) batch.certain = true;
  else {
    batch.selected = true;
    toOpening(world, batch);
  }
}

/** Whoever shows a key gives the requester what an audit costs it at most. */
function payForAudit(world: Network, { job }: Batch): void {
  const { gasLimit, maxPrice } = job.prices.terms;
  const fee = job.prices.auditFee(gasLimit, 0, maxPrice);
  const shower = world.scenario.parties.find(({ colludes }) => colludes);
  if (shower) world.charge(shower, 'other', job.requester, fee);
  else world.ledger.move('supply', job.requester, fee);
}

/** Settles who proposes this height and tosses the coins of all committed batches. */
export function runCoins(world: Network): void {
  world.proposalRound = 0;
  if (world.coins.size === 0) return;
  while (world.proposalRound < MOST_ROUNDS && givesUp(world)) world.proposalRound += 1;
  for (const batch of world.coins) {
    if (batch.committed === world.height) continue;
    if (hits(world, batch)) select(world, batch);
    else {
      batch.window -= 1;
      if (batch.window > 0) continue;
      toOpening(world, batch);
    }
    world.coins.delete(batch);
  }
}

/** A byzantine proposer gives its slot up when a friend would be caught. */
function givesUp(world: Network): boolean {
  if (!world.byzantineProposer(world.proposalRound)) return false;
  for (const batch of world.coins)
    if (batch.committed !== world.height && batch.holder?.party.colludes && hits(world, batch)) {
      if (
        drawAudits(world, batch, world.scenario.rules.audit.auditors).some((audit) => catches(batch, audit))
      )
        return true;
    }
  return false;
}

const catches = (batch: Batch, { auditor, samples }: Audit): boolean =>
  auditor.party !== batch.holder?.party && samples.some((position) => isWrong(batch, position));

function hits(world: Network, { id, epoch, window, certain }: Batch): boolean {
  const { audit } = world.scenario.rules;
  if (certain && window === 1) return true;
  const u = world.chance('coin', world.height, world.proposalRound, id, epoch);
  return u < (certain ? audit.certainChance : audit.chanceAHeight);
}

function select(world: Network, batch: Batch): void {
  batch.selected = true;
  batch.state = 'AuditWait';
  batch.version += 1;
  if (batch.holder && wrongUnits(batch) > 0) world.tally(batch.holder.party).selectedWrong += 1;
  startRound(world, batch);
}

/** Auditors of this height's seed, in the places of those that have not posted. */
function startRound(world: Network, batch: Batch): void {
  const { audit } = world.scenario.rules;
  const drawn = drawAudits(world, batch, audit.auditors - batch.audits.length);
  batch.audits.push(...drawn);
  for (const each of drawn) post(world, batch, each);
  world.atHeight(batch, world.height + audit.auditBlocks, () => endRound(world, batch));
}

function endRound(world: Network, batch: Batch): void {
  for (const { auditor, post: posted } of batch.audits) if (!posted) lessAvailable(auditor);
  batch.audits = batch.audits.filter((each) => each.post);
  batch.round += 1;
  batch.version += 1;
  if (batch.round < world.scenario.rules.audit.auditRounds) startRound(world, batch);
  else {
    if (batch.audits.length === 0) world.unaudited += 1;
    toOpening(world, batch);
  }
}

/** Distinct owners by bond, never the worker's, that can lock the deposit; each with its share of one permutation. */
function drawAudits(world: Network, batch: Batch, count: number): Audit[] {
  const { slots } = world.registry;
  const { job, id, epoch, round, holder } = batch;
  const { samples: k, terms, deposit } = job.prices;
  const seed = (world.height << 5) | world.proposalRound;
  const taken = new Set<Worker>(batch.audits.map(({ auditor }) => auditor));
  const order = permutation(terms.batchSize, (i) => world.chance('sample', seed, id, epoch, i));
  const drawn: Audit[] = [];
  for (let t = 0; t < world.scenario.rules.drawTries && drawn.length < count; t += 1) {
    const auditor = slots[below(slots.length, world.chance('audit', seed, id, epoch, t))];
    if (auditor === undefined || auditor === holder || taken.has(auditor)) continue;
    taken.add(auditor);
    if (auditor.bond - auditor.locked < deposit) continue;
    const first = (batch.audits.length + drawn.length) * k;
    const samples = Array.from({ length: k }, (_, i) => order[(first + i) % order.length] ?? 0);
    drawn.push({ auditor, round, samples: samples.sort((one, other) => one - other) });
  }
  return drawn;
}

function post(world: Network, batch: Batch, audit: Audit): void {
  const { auditor, samples } = audit;
  const choice = choose(world, batch, auditor);
  if (choice === 'stay-away' || batch.job.asks.inputs === 'until-commit') return;
  const { epoch } = batch;
  const units = choice === 'execute' ? samples.length : 0;
  world.after(auditor, world.duration(units), () => {
    if (batch.epoch !== epoch || batch.state !== 'AuditWait' || !batch.audits.includes(audit)) return;
    if (auditor.bond - auditor.locked < batch.job.prices.deposit) return;
    world.registry.lock(auditor, batch.job.prices.deposit);
    world.execute(auditor.party, 'auditing', 'audit', units);
    world.tally(auditor.party).audits += 1;
    audit.post = samples.map((position) => posted(world, batch, auditor, choice, position));
    moreAvailable(auditor);
    if (batch.audits.length >= world.scenario.rules.audit.auditors && batch.audits.every((each) => each.post))
      toOpening(world, batch);
  });
}

function choose(world: Network, batch: Batch, auditor: Worker): AuditChoice {
  const { holder, work } = batch;
  const { party } = auditor;
  if (holder === undefined) return 'stay-away';
  if (party.colludes && (party === holder.party || batch.shown)) return 'match';
  const { peeks, byzantine } = world.scenario;
  if (party.colludes && peeks && drawnOpeners(world, batch).some((each) => each < byzantine)) return 'match';
  const choice = party.behaviour.audits?.(world, auditor, batch) ?? 'execute';
  if (choice !== 'execute' || party === holder.party) return choice;
  if (
    work?.leaked &&
    world.chance('chance', batch.id, batch.epoch, auditor.id, 1) < (world.scenario.copying ?? 0)
  )
    return 'match';
  if (holder.party.bribe && wrongUnits(batch) > 0) {
    world.charge(holder.party, 'other', party.name, holder.party.bribe(world, batch));
    return 'match';
  }
  return choice;
}

function posted(
  world: Network,
  batch: Batch,
  auditor: Worker,
  choice: AuditChoice,
  position: number,
): number {
  if (choice === 'execute') return 0;
  if (choice === 'match') return batch.work?.leaves[position] ?? 0;
  return guess(world, batch, auditor, position);
}
