import { openWindow } from './audit.js';
import { wrongUnits } from './batch.js';
import { requeue } from './job.js';
import type { Network } from './network.js';
import { below } from './random.js';
import type { Batch, Work, Worker } from './types.js';
import { honestWork } from './work.js';
import { lapseLock, leasable, lessAvailable, reputation } from './worker.js';

/** Offers queued batches to drawn workers. */
export function runDraws(world: Network): void {
  const waiting = world.queue.splice(0);
  waiting.forEach((batch, i) => {
    const worker =
      i < world.scenario.rules.drawsPerBlock && batch.job.suspendedUntil <= world.height
        ? pick(world, batch)
        : undefined;
    if (worker) offer(world, batch, worker);
    else world.queue.push(batch);
  });
}

/** Of the first d distinct workers that fit, weighted by bond, the one with the lowest ask * (1 + load) / reputation. */
function pick(world: Network, batch: Batch): Worker | undefined {
  const { slots } = world.registry;
  const { candidates, drawTries } = world.scenario.rules;
  const met = new Set<Worker>();
  let best: Worker | undefined;
  for (let t = 0, found = 0; t < drawTries && found < candidates; t += 1) {
    const worker =
      slots[below(slots.length, world.chance('draw', world.height, world.proposalRound, batch.id, t))];
    if (worker === undefined || met.has(worker)) continue;
    met.add(worker);
    if (!fits(world, batch, worker)) continue;
    found += 1;
    if (best === undefined || cost(world, worker) < cost(world, best)) best = worker;
  }
  return best;
}

const cost = (world: Network, worker: Worker): number =>
  (Number(worker.party.ask ?? world.scenario.terms.maxPrice) * (1 + worker.load)) / reputation(worker);

function fits(world: Network, { job }: Batch, worker: Worker): boolean {
  const { rules } = world.scenario;
  if (job.only !== undefined && worker.party.name !== job.only) return false;
  if (job.lapsed.has(worker.id) || job.reported.has(worker.id)) return false;
  return worker.load < rules.maxLoad && leasable(worker, rules) >= job.prices.bond;
}

function offer(world: Network, batch: Batch, worker: Worker): void {
  const { rules } = world.scenario;
  const { behaviour } = worker.party;
  batch.state = 'Offered';
  batch.holder = worker;
  batch.version += 1;
  worker.load += 1;
  worker.reserved += batch.job.prices.bond;
  world.atHeight(batch, Math.min(world.height + rules.acceptBlocks, batch.job.deadline), () =>
    miss(world, batch, worker),
  );
  if (behaviour.accepts?.(world, worker, batch) ?? true) {
    const { version } = batch;
    world.after(worker, 1, () => {
      if (batch.version === version) accept(world, batch, worker);
    });
  }
}

function release(batch: Batch, worker: Worker): void {
  worker.load -= 1;
  worker.reserved -= batch.job.prices.bond;
}

function miss(world: Network, batch: Batch, worker: Worker): void {
  release(batch, worker);
  lessAvailable(worker);
  worker.missed += 1;
  if (worker.missed >= world.scenario.rules.missedLimit && worker.status === 'active') {
    world.registry.setStatus(worker, 'set-aside');
    world.after(worker, 1, () => {
      worker.missed = 0;
      if (worker.status === 'set-aside') world.registry.setStatus(worker, 'active');
    });
  }
  batch.epoch -= 1;
  batch.holder = undefined;
  requeue(world, batch);
}

function accept(world: Network, batch: Batch, worker: Worker): void {
  const { registry, scenario } = world;
  worker.reserved -= batch.job.prices.bond;
  worker.missed = 0;
  registry.lock(worker, batch.job.prices.bond);
  batch.state = 'Leased';
  batch.version += 1;
  world.tally(worker.party).leasedUnits += scenario.terms.batchSize;
  world.atHeight(batch, world.height + world.leaseTime(), () => lapse(world, batch, worker));
  const work = worker.party.behaviour.work?.(world, worker, batch) ?? honestWork(world);
  const inputsGone = batch.job.asks.inputs === 'never';
  if (work === 'lapse') return;
  const { version } = batch;
  const blocks = work === 'report' || inputsGone ? 1 : world.duration(work.executed) + (work.delay ?? 0);
  world.after(worker, blocks, () => {
    if (batch.version !== version) return;
    if (work === 'report' || inputsGone) report(world, batch, worker);
    else commit(world, batch, worker, work);
  });
}

function lapse(world: Network, batch: Batch, worker: Worker): void {
  const { height, scenario, registry } = world;
  worker.load -= 1;
  lessAvailable(worker);
  const until = height + lapseLock(worker, height, scenario.rules);
  worker.lapses.push(height);
  batch.job.lapsed.add(worker.id);
  world.heights.put(until, () => registry.unlock(worker, batch.job.prices.bond));
  requeue(world, batch);
}

/** The requester confirms its inputs within an hour; reports of enough owners suspend the job until then. */
function report(world: Network, batch: Batch, worker: Worker): void {
  const { job } = batch;
  const confirms = job.asks.inputs === undefined ? 1_200 : 12_000;
  worker.load -= 1;
  world.registry.unlock(worker, job.prices.bond);
  job.reported.add(worker.id);
  if (job.reported.size >= world.scenario.rules.reportLimit && job.suspendedUntil <= world.height) {
    job.suspendedUntil = world.height + confirms;
    world.heights.put(job.suspendedUntil, () => job.reported.clear());
  }
  requeue(world, batch);
}

function commit(world: Network, batch: Batch, worker: Worker, work: Work): void {
  worker.load -= 1;
  batch.work = work;
  batch.committed = world.height;
  batch.state = 'Committed';
  batch.version += 1;
  world.execute(worker.party, 'work', 'work', work.executed);
  if (wrongUnits(batch) > 0) {
    if (worker.wrong === 0) worker.firstWrong = world.height;
    worker.wrong += 1;
    world.tally(worker.party).wrongBatches += 1;
  } else if (!batch.read) {
    batch.read = true;
    world.asked(batch.job.requester).read += work.leaves.length;
  }
  openWindow(world, batch, worker);
}
