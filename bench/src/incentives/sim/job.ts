import type { Network } from './network.js';
import type { Batch, Job } from './types.js';

/** Long enough for whatever happens to a batch. */
const FAR = 4_000_000;

/** Puts all jobs of a scenario into the calendar. */
export function submitJobs(world: Network): void {
  const { jobs, spacing } = world.scenario;
  for (let id = 0; id < jobs; id += 1)
    world.heights.put(1 + Math.floor(id * spacing), () => submit(world, id));
}

function submit(world: Network, id: number): void {
  const { scenario, prices } = world;
  const { terms, griefer } = scenario;
  const requester = griefer && id % 2 === 1 ? griefer : scenario.requester;
  const account = requester.own ?? (requester === griefer ? 'griefer' : 'requester');
  world.ledger.move(account, 'escrow', prices.escrow);
  const job: Job = {
    ...{
      id,
      prices,
      requester: account,
      asks: requester,
      only: requester.own,
      lapsed: new Set(),
      reported: new Set(),
    },
    ...{ deadline: world.height + (requester.deadline ?? FAR), remaining: prices.escrow },
    ...{ live: Math.ceil(terms.units / terms.batchSize), suspendedUntil: 0 },
  };
  world.jobs.push(job);
  world.asked(account).units += terms.units;
  for (let i = 0; i < job.live; i += 1) {
    const batch = newBatch(world.batches, job);
    world.batches += 1;
    world.queue.push(batch);
  }
  if (requester.deadline !== undefined) world.heights.put(job.deadline, () => endUnleased(world, job));
}

const newBatch = (id: number, job: Job): Batch => ({
  ...{ id, job, state: 'Queued', epoch: 0, version: 0, committed: 0, window: 0, certain: false },
  ...{
    selected: false,
    shown: false,
    audits: [],
    round: 0,
    challengeEnd: 0,
    settled: new Set(),
    demanded: false,
    read: false,
  },
});

/** Gives a batch back to the queue for its next epoch, or ends it where its job is over. */
export function requeue(world: Network, batch: Batch): void {
  const { holder, job } = batch;
  if (holder) holder.party.behaviour.ended?.(world, holder, batch);
  Object.assign(batch, {
    ...{
      state: 'Queued',
      epoch: batch.epoch + 1,
      version: batch.version + 1,
      holder: undefined,
      work: undefined,
    },
    ...{
      window: 0,
      certain: false,
      selected: false,
      shown: false,
      audits: [],
      round: 0,
      settled: new Set(),
      demanded: false,
    },
  });
  if (world.height >= job.deadline) end(world, batch);
  else world.queue.push(batch);
}

/** A job's deadline: what nobody works on ends. */
function endUnleased(world: Network, job: Job): void {
  for (const batch of world.queue.splice(0))
    if (batch.job === job) end(world, batch);
    else world.queue.push(batch);
}

function end(world: Network, batch: Batch): void {
  batch.state = 'Ended';
  batch.version += 1;
  settle(world, batch.job);
}

/** Counts a batch of a job as over; after the last one the rest of the escrow goes back. */
export function settle(world: Network, job: Job): void {
  job.live -= 1;
  if (job.live > 0) return;
  world.ledger.move('escrow', job.requester, job.remaining);
  job.remaining = 0n;
}
