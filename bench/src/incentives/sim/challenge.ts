import { isWrong, wrongUnits } from './batch.js';
import { challenge, returnDeposits } from './dispute.js';
import { requeue, settle } from './job.js';
import type { Network } from './network.js';
import { drawnOpeners } from './openers.js';
import type { Batch, Worker } from './types.js';
import { moreAvailable } from './worker.js';

/** The opened batch stands for whoever wants to challenge it; its clock goes on where a vote or a demand had stopped it. */
export function toChallenge(world: Network, batch: Batch): void {
  const { holder } = batch;
  if (holder === undefined) return;
  const { rules } = world.scenario;
  const requester = batch.job.asks;
  const first = batch.state === 'Opening';
  const left = first ? rules.challengeBlocks : Math.max(1, batch.challengeEnd - world.height);
  batch.state = 'Challenge';
  batch.version += 1;
  batch.challengeEnd = world.height + left;
  const { version } = batch;
  const whileOpen = (blocks: number, action: () => void): void =>
    world.heights.put(world.height + blocks, () => {
      if (batch.version === version) action();
    });
  world.atHeight(batch, batch.challengeEnd, () => final(world, batch, holder));
  const own = holder.party.behaviour.challenges?.(world, holder, batch);
  if (own !== undefined && !batch.settled.has(own)) {
    const { party } = holder;
    whileOpen(1, () => challenge(world, batch, own, { account: party.name, party }));
  }
  if (requester.verify !== undefined) {
    const checked = verified(world, batch, requester.verify);
    if (first) world.gas.verify += BigInt(checked.length) * world.scenario.terms.gas;
    const found = checked.find((position) => isWrong(batch, position));
    if (found !== undefined)
      whileOpen(2, () => challenge(world, batch, found, { account: batch.job.requester }));
    else if (requester.accepts) whileOpen(2, () => final(world, batch, holder));
  } else if (requester.accepts) whileOpen(2, () => final(world, batch, holder));
  if (requester.demands && !batch.demanded) whileOpen(1, () => demand(world, batch, holder));
}

/** Positions that the requester executes itself. */
function verified(world: Network, { id, epoch, work }: Batch, share: number): number[] {
  const positions = work?.leaves.map((_, i) => i) ?? [];
  return positions.filter((i) => world.chance('chance', id, epoch, i, 2) < share);
}

/** The requester wants an output on chain. The worker posts it, or a drawn referee, for the deposit. */
function demand(world: Network, batch: Batch, holder: Worker): void {
  const { demandDeposit, demandBlocks } = world.scenario.rules;
  world.ledger.move(batch.job.requester, 'deposits', demandDeposit);
  batch.state = 'Demanded';
  batch.version += 1;
  batch.demanded = true;
  const { version } = batch;
  const answered = (toWorker: boolean): void => {
    if (batch.version !== version) return;
    if (toWorker) world.pay(holder.party, 'other', 'deposits', demandDeposit);
    else world.ledger.move('deposits', 'referees', demandDeposit);
    toChallenge(world, batch);
  };
  world.after(holder, 1, () => answered(true));
  if (drawnOpeners(world, batch).some((each) => each >= world.scenario.byzantine))
    world.atHeight(batch, world.height + 5, () => answered(false));
  world.atHeight(batch, world.height + demandBlocks, () => {
    world.ledger.move('deposits', batch.job.requester, demandDeposit);
    world.registry.unlock(holder, batch.job.prices.bond);
    returnDeposits(world, batch);
    requeue(world, batch);
  });
}

function final(world: Network, batch: Batch, holder: Worker): void {
  const { job, work } = batch;
  if (work === undefined) return;
  const { party } = holder;
  const { pay, fee } = job.prices.payment(work.gas, party.ask ?? job.prices.terms.maxPrice);
  world.pay(party, 'work', 'escrow', pay);
  world.ledger.move('escrow', 'community', fee);
  job.remaining -= pay + fee;
  batch.state = 'Final';
  batch.version += 1;
  world.registry.unlock(holder, job.prices.bond);
  returnDeposits(world, batch);
  holder.finals += 1;
  moreAvailable(holder);
  const tally = world.tally(party);
  tally.finalUnits += work.leaves.length;
  tally.wrongUnits += wrongUnits(batch);
  world.gas.useful += BigInt(work.leaves.length) * world.scenario.terms.gas;
  party.behaviour.ended?.(world, holder, batch);
  settle(world, job);
}
