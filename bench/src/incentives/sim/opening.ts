import { MAX_AUDIT_ROUNDS } from '@dmcn/protocol';
import { wrongUnits } from './batch.js';
import { dispute, disputeSamples, returnDeposits } from './dispute.js';
import { requeue } from './job.js';
import type { Network } from './network.js';
import { drawnOpeners } from './openers.js';
import type { Batch, Worker } from './types.js';
import { lessAvailable } from './worker.js';

/** The batch waits for whoever holds its key: the worker, and the two referees that were drawn at the lease. */
export function toOpening(world: Network, batch: Batch): void {
  const { holder, work } = batch;
  if (holder === undefined) return;
  batch.state = 'Opening';
  batch.version += 1;
  const { version } = batch;
  const open = (): void => {
    if (batch.version === version) opened(world, batch);
  };
  if (holder.party.behaviour.opens?.(world, holder, batch) ?? true) world.after(holder, 1, open);
  if (!work?.badKeys && drawnOpeners(world, batch).some((each) => each >= world.scenario.byzantine))
    world.atHeight(batch, world.height + 2, open);
  world.atHeight(batch, world.height + world.scenario.rules.openBlocks, () =>
    notOpened(world, batch, holder),
  );
}

function opened(world: Network, batch: Batch): void {
  const { scenario } = world;
  const { holder, audits, job, work } = batch;
  if (holder === undefined || work === undefined) return;
  batch.known = work.leaves;
  if (batch.shown && !scenario.rules.audit.shownKey.audited) {
    disputeSamples(world, batch, holder);
    return;
  }
  if (dispute(world, batch)) return;
  for (const audit of audits) {
    const { auditor, round } = audit;
    const fee = job.prices.auditFee(work.gas, round, auditor.party.ask ?? job.prices.terms.maxPrice);
    world.pay(auditor.party, 'auditing', 'escrow', fee);
    job.remaining -= fee;
  }
  if (batch.selected && audits.length === 0 && scenario.rules.audit.unpostedCosts) {
    const { gasLimit, maxPrice } = job.prices.terms;
    const fee = job.prices.auditFee(gasLimit, MAX_AUDIT_ROUNDS - 1, maxPrice);
    world.pay(holder.party, 'other', 'escrow', fee);
    job.remaining -= fee;
  }
  if (audits.length > 0 && !batch.shown && !holder.party.anew) holder.standing += 1;
  world.toChallenge(world, batch);
}

/** T_open is over. A selected batch loses its bond unless it is opened after all. */
function notOpened(world: Network, batch: Batch, holder: Worker): void {
  const { registry, scenario } = world;
  const { bond } = batch.job.prices;
  if (!batch.selected) {
    lessAvailable(holder);
    registry.unlock(holder, bond);
    requeue(world, batch);
    return;
  }
  registry.forfeit(holder, bond, 'withheld');
  let held = bond;
  for (const { auditor, round } of batch.audits) {
    const fee = batch.job.prices.auditFee(
      world.scenario.terms.gas,
      round,
      auditor.party.ask ?? scenario.terms.maxPrice,
    );
    world.pay(auditor.party, 'auditing', 'withheld', fee);
    held -= fee;
  }
  const posted = batch.audits.map(({ auditor }) => auditor);
  returnDeposits(world, batch);
  world.tally(holder.party).work -= bond - held;
  const wrong = wrongUnits(batch) > 0;
  const until = world.height + scenario.rules.audit.withheldBlocks;
  let late = false;
  if (!wrong && (holder.party.behaviour.opens?.(world, holder, batch) ?? true))
    world.after(holder, 1, () => {
      if (world.height >= until) return;
      late = true;
      world.ledger.move('withheld', 'bonds', held);
      holder.bond += held;
    });
  world.heights.put(until, () => {
    if (late) return;
    const part = (held * BigInt(scenario.rules.audit.withheldProverBps)) / 10_000n;
    const each = posted.length > 0 ? part / BigInt(posted.length) : 0n;
    for (const { party } of posted)
      world.pay(party, party === holder.party ? 'other' : 'auditing', 'withheld', each);
    world.ledger.move('withheld', 'burned', held - each * BigInt(posted.length));
    const tally = world.tally(holder.party);
    tally.work -= held;
    tally.slashed += held;
    tally.caughtBatches += wrong ? 1 : 0;
  });
  requeue(world, batch);
}
