import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { HandWorker, handAsk } from '../support/hand-worker.js';
import { jobSpec, ownFeature } from '../support/job-spec.js';
import type { Network, Person } from '../support/network.js';
import { allRefused, refused } from '../support/refusals.js';
import { until } from '../support/until.js';

/** A job that only this test's worker can do. */
export async function ownJob(net: Network, requester: Person) {
  const feature = ownFeature();
  const worker = await HandWorker.register(net, feature);
  const spec = await jobSpec(net, { features: [feature] });
  const { jobId, escrow } = await net.chain.submitJob(
    { spec, maxEscrow: 10n ** 9n },
    { signer: requester.signer },
  );
  return { feature, worker, jobId, escrow };
}

export function badCommits(network: () => Network): void {
  it('without the lease, for another epoch, malformed, doubled: the batch is paid once all the same', async () => {
    const net = network();
    const requester = await net.person('requester', 5_000_000n);
    const other = await HandWorker.register(net, ownFeature());
    const { worker, jobId, escrow } = await ownJob(net, requester);
    const people = [requester, worker.owner, other.owner].map(({ address }) => address);
    const batch = await worker.offered(jobId);
    const { commit, open } = await worker.work(batch);
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    const says =
      (change: object, options = worker.asOperator) =>
      (unasked: { readonly gasLimit: bigint }) =>
        net.chain.commit({ ...id, ...commit, ...change }, { ...options, ...unasked });

    await net.balancesAfter(people, async () => {
      await net.chain.acceptOffer(id, worker.asOperator);
      await allRefused(
        ['NoLease', says({}, other.asOperator)],
        ['UnknownWorker', says({}, { signer: requester.signer })],
        ['WrongEpoch', says({ epoch: batch.epoch + 1 })],
        ['UnknownBatch', says({ batch: 1 })],
        ['UnknownJob', says({ jobId: 987_654_321n })],
        ['InvalidCommit', says({ commitment: randomBytes(31) })],
        ['InvalidCommit', says({ sealedLeaves: randomBytes(10) })],
        ['InvalidCommit', says({ wrappedKeys: [] })],
      );
      await net.chain.commit({ ...id, ...commit }, worker.asOperator);
      await allRefused(
        ['AlreadyCommitted', says({})],
        ['AlreadyCommitted', says({ commitment: randomBytes(32) })],
        ['Transition', (unasked) => net.chain.open({ ...id, ...open }, { ...worker.asOperator, ...unasked })],
      );
    });

    const pay = (open.gasTotal * handAsk) / 1_000_000_000n;
    await net.balancesAfter(
      people,
      async () => {
        await worker.in('Opening', id);
        await net.chain.open({ ...id, ...open }, worker.asOperator);
        await refused('Transition', (unasked) =>
          net.chain.open({ ...id, ...open }, { ...worker.asOperator, ...unasked }),
        );
        await net.chain.acceptBatch(id, { signer: requester.signer });
        await refused('JobClosed', (unasked) =>
          net.chain.acceptBatch(id, { signer: requester.signer, ...unasked }),
        );
        return net.chain.job(jobId);
      },
      ({ paid, refunded, state }) => {
        expect({ paid, state }).toEqual({ paid: pay, state: 'Settled' });
        expect(refunded).toBe(escrow - pay - (pay * 200n) / 10_000n);
        return { [worker.owner.address]: pay, [requester.address]: refunded };
      },
    );
    await Promise.all([worker.pause(), other.pause()]);
  });

  it('late for the offer: the next draw has begun, and the early one may not commit under its old epoch', async () => {
    const net = network();
    const requester = await net.person('requester', 5_000_000n);
    const { worker, jobId } = await ownJob(net, requester);
    const batch = await worker.offered(jobId);
    const { commit } = await worker.work(batch);
    const missed = async () => (await net.chain.worker(worker.owner.address)).worker.missed;
    await until('the offer to run out', async () => (await missed()) > 0);
    await worker.pause();
    await until('the batch to be nobody’s', async () => {
      const { state } = await net.chain.batch(batch);
      return state === 'Queued';
    });
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    await net.balancesAfter([requester.address, worker.owner.address], async () => {
      await refused('NoLease', (unasked) =>
        net.chain.commit({ ...id, ...commit }, { ...worker.asOperator, ...unasked }),
      );
      await refused('NoLease', (unasked) => net.chain.acceptOffer(id, { ...worker.asOperator, ...unasked }));
    });
    await endUnpaid(net, requester, jobId);
  });

  it('late for the lease: a lapse, bond locked but kept, the requester refunded', async () => {
    const net = network();
    const requester = await net.person('requester', 5_000_000n);
    const { worker, jobId } = await ownJob(net, requester);
    const people = [requester.address, worker.owner.address];
    const batch = await worker.offered(jobId);
    const { commit } = await worker.work(batch);
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    await net.chain.acceptOffer(id, worker.asOperator);
    await worker.pause();
    await net.balancesAfter(people, async () => {
      await worker.in('Queued', id, 220);
      await refused('WrongEpoch', (unasked) =>
        net.chain.commit({ ...id, ...commit }, { ...worker.asOperator, ...unasked }),
      );
      const now = { ...id, epoch: id.epoch + 1 };
      await refused('NoLease', (unasked) =>
        net.chain.commit({ ...now, ...commit }, { ...worker.asOperator, ...unasked }),
      );
    });
    const { worker: record, lapses } = await net.chain.worker(worker.owner.address);
    expect(lapses).toHaveLength(1);
    expect([record.bond, record.locked]).toEqual([5_000_000n, lapses[0]?.amount]);
    await net.balancesAfter(people, () =>
      refused('InsufficientBond', (unasked) =>
        net.chain.withdraw({ amount: record.bond }, { signer: worker.owner.signer, ...unasked }),
      ),
    );
    await endUnpaid(net, requester, jobId);
  });
}

/** Cancels a job of which nothing was done, and expects all of its escrow back. */
export async function endUnpaid(net: Network, requester: Person, jobId: bigint): Promise<void> {
  await net.balancesAfter(
    [requester.address],
    async () => {
      await net.chain.cancelJob({ jobId }, { signer: requester.signer });
      return until('the end of the job', async () => {
        const job = await net.chain.job(jobId);
        return job.state === 'Expired' ? job : undefined;
      });
    },
    ({ funded }) => ({ [requester.address]: funded }),
  );
}
