import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import type { Change } from '../model/change.js';
import { periodSizes, periodStart } from '../model/period.js';
import { Overlay } from '../model/state.js';
import { keyOf, type Rows } from '../model/tables.js';
import { openStore, type Store } from '../store/store.js';
import { Network, picks, play } from '../testing/index.js';
import { hex } from './hex.js';
import { reduce, reduceBlock } from './index.js';

const indexOf = (net: Network): Store => {
  const store = openStore(':memory:');
  for (const block of net.blocks) applyBlock(store, block, net.blocks.length);
  return store;
};

/** Runs a check over many plausible chains, told apart by a seed and a number of things that happened. */
const forPlausible = (check: (net: Network, store: Store) => void): void => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 50, max: 500 }), (seed, count) => {
      const net = play(new Network(), picks(seed, count));
      const store = indexOf(net);
      check(net, store);
      store.close();
    }),
    { numRuns: 20 },
  );
};

test('property: jobs are as the chain has them, and funded = paid + royalties + fees + audits + refunded + remaining', () => {
  forPlausible((net, store) => {
    for (const job of net.jobs.values()) {
      const { spec: _, ...onChain } = job;
      const row = store.get('jobs', job.id);
      expect(row).toMatchObject({ ...onChain, locators: job.spec.locators, deadline: job.spec.deadline });
      const sums = row ?? fail();
      expect(sums.funded).toBe(
        sums.paid + sums.royalties + sums.fees + sums.audits + sums.refunded + sums.remaining,
      );
      expect(sums.liveBatches + sums.finalBatches + sums.endedBatches).toBe(sums.nextBatch);
    }
  });
});

test('property: batches are as the chain has them, and their leases and units fit their states', () => {
  forPlausible((net, store) => {
    for (const batch of net.batches.values()) {
      const { jobId, index, state, epoch, units, deadline } = batch;
      const row = store.get('batches', jobId, index);
      expect(row).toMatchObject({ state, epoch, units, deadline });
      const held = state !== 'Queued' && state !== 'Ended';
      expect(row?.leaseEpoch).toBe(held ? epoch : null);
      expect(row?.worker).toBe(held ? batch.lease?.worker : null);
      if (held) {
        const lease = store.get('leases', jobId, index, epoch);
        expect(lease).toMatchObject({ worker: batch.lease?.worker, ask: batch.lease?.ask });
        expect(lease?.endedHeight !== null).toBe(state === 'Final');
        expect(lease?.acceptedHeight === null).toBe(state === 'Offered');
        expect(lease?.gasTotal ?? undefined).toBe(batch.opening?.gasTotal);
      }
      const first = index * (net.jobs.get(jobId) ?? fail()).spec.batchSize;
      const opened = ['Challenge', 'Demanded', 'Voting', 'Final'].includes(state);
      for (let unit = first; unit < first + units; unit += 1) {
        const outcome = store.get('units', jobId, unit);
        expect(outcome !== undefined).toBe(opened);
        expect(outcome?.paid ?? false).toBe(state === 'Final');
      }
      expect(store.get('payments', jobId, index) !== undefined).toBe(state === 'Final');
    }
  });
});

test('property: workers and lapses are as the chain has them, and locked bond is that of leases and lapses', () => {
  forPlausible((net, store) => {
    for (const worker of net.workers.values()) {
      const { encryptionKey: _, reserved: __, modules, ...onChain } = worker;
      expect(store.get('workers', worker.owner)).toMatchObject({ ...onChain, modules: modules.map(hex) });
    }
    for (const { lapse, released } of net.lapses.values()) {
      const row = store.get('lapses', lapse.id);
      expect(row).toMatchObject(lapse);
      expect(row?.releasedHeight !== null).toBe(released);
    }
  });
});

test('property: disputes and votes are as the chain has them, and revealed power is that of the revealed votes', () => {
  forPlausible((net, store) => {
    for (const { dispute, votes } of net.disputes.values()) {
      const { leaf: _, inputHash: __, verdict, ...onChain } = dispute;
      const row = store.get('disputes', dispute.id);
      expect(row).toMatchObject({ ...onChain, unit: dispute.leaf.unit, verdict: verdict ?? null });
      expect(row?.endedHeight !== null).toBe(dispute.state === 'Decided');
      let revealed = 0n;
      for (const vote of votes.values()) {
        const found = store.get('votes', dispute.id, vote.validator);
        expect(found).toMatchObject({ power: vote.power, absent: false, earned: vote.earned || null });
        if (found?.revealedHeight != null) revealed += vote.power;
      }
      expect(row?.revealedPower).toBe(revealed);
    }
    for (const referee of net.referees.values()) {
      expect(store.get('referees', referee.validator)?.account).toBe(referee.account);
    }
  });
});

test('property: sums of periods, earnings and requesters are those of the payments and jobs', () => {
  forPlausible((net, store) => {
    const sum = (values: readonly (bigint | undefined)[]) =>
      values.reduce<bigint>((a, b) => a + (b ?? 0n), 0n);
    const jobs = [...net.jobs.values()];
    for (const size of periodSizes) {
      const starts = [...new Set(net.blocks.map(({ time }) => periodStart(size, time.getTime())))];
      const rows = starts.map((start) => store.get('marketPeriods', size, start));
      expect(sum(rows.map((row) => row?.paid))).toBe(sum(jobs.map((job) => job.paid)));
      expect(sum(rows.map((row) => row?.jobs))).toBe(BigInt(jobs.length));
      for (const { owner } of net.workers.values()) {
        const earned = starts.map((start) => store.get('earningPeriods', owner, size, start)?.earned);
        expect(sum(earned)).toBe(store.get('workers', owner)?.earned);
      }
    }
    for (const address of new Set(jobs.map((job) => job.requester))) {
      const own = jobs.filter((job) => job.requester === address);
      expect(store.get('requesters', address)).toMatchObject({
        jobs: BigInt(own.length),
        openJobs: BigInt(own.filter((job) => job.settledHeight === 0).length),
        funded: sum(own.map((job) => job.funded)),
        paid: sum(own.map((job) => job.paid)),
        remaining: sum(own.map((job) => job.remaining)),
      });
    }
  });
});

test('property: the totals are the sums of the rows', () => {
  forPlausible((net, store) => {
    const totals = store.get('totals', 1);
    const jobs = [...net.jobs.values()];
    const workers = [...net.workers.values()];
    const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
    expect(totals).toMatchObject({
      blocks: BigInt(net.blocks.length),
      events: BigInt(net.blocks.flatMap((block) => block.events).length),
      modules: BigInt(net.modules.size - net.removedModules.size),
      jobs: BigInt(jobs.length),
      openJobs: BigInt(jobs.filter((job) => job.settledHeight === 0).length),
      batches: BigInt(net.batches.size),
      liveBatches: sum(jobs.map((job) => BigInt(job.liveBatches))),
      finalBatches: sum(jobs.map((job) => BigInt(job.finalBatches))),
      endedBatches: BigInt([...net.batches.values()].filter((batch) => batch.state === 'Ended').length),
      workers: BigInt(workers.length),
      activeWorkers: BigInt(workers.filter((worker) => worker.status === 'Active').length),
      lots: sum(workers.map((worker) => BigInt(worker.lots))),
      bonded: sum(workers.map((worker) => worker.bond)),
      locked: sum(workers.map((worker) => worker.locked)),
      funded: sum(jobs.map((job) => job.funded)),
      paid: sum(jobs.map((job) => job.paid)),
      royalties: sum(jobs.map((job) => job.royalties)),
      fees: sum(jobs.map((job) => job.fees)),
      refunded: sum(jobs.map((job) => job.refunded)),
      unitsPaid: sum(workers.map((worker) => store.get('workers', worker.owner)?.unitsPaid ?? 0n)),
    });
  });
});

const keyOfChange = (change: Change): readonly unknown[] => {
  if ('removed' in change) return change.removed;
  return keyOf(change.table, ('row' in change ? change.row : change.before) as Rows[typeof change.table]);
};

test('property: no event changes one row twice', () => {
  const net = play(new Network(), picks(7, 3_000));
  const overlay = new Overlay({ get: () => undefined });
  for (const block of net.blocks) {
    overlay.add(reduceBlock(overlay, { ...block, events: [] }));
    for (const [position, event] of block.events.entries()) {
      const changes = reduce(overlay, event, { height: block.height, position });
      const names = changes.map((change) => [change.table, ...keyOfChange(change)].join('/'));
      expect(new Set(names).size, event.type).toBe(names.length);
      overlay.add(changes);
    }
  }
});

test('property: the order of a block’s own rows does not depend on how the store read them', () => {
  const net = play(new Network(), picks(11, 2_000));
  const [a, b] = [indexOf(net), indexOf(net)];
  expect(a.digests()).toEqual(b.digests());
});

const fail = (): never => {
  throw new Error('the row is missing');
};
