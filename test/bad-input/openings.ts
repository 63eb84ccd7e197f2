import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { handAsk } from '../support/hand-worker.js';
import type { Network } from '../support/network.js';
import { allRefused } from '../support/refusals.js';
import { until } from '../support/until.js';
import { ownJob } from './commits.js';

export function badOpenings(network: () => Network): void {
  it('that do not match, with a wrong key, or of too few leaves; the right one is taken from anyone', async () => {
    const net = network();
    const [requester, passer] = [
      await net.person('requester', 5_000_000n),
      await net.person('passer-by', 1_000_000n),
    ];
    const { worker, jobId } = await ownJob(net, requester);
    const batch = await worker.offered(jobId);
    const { commit, open } = await worker.work(batch);
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    await net.chain.commit({ ...id, ...commit }, worker.asOperator);
    await worker.in('Opening', id);
    const says = (change: object) => (unasked: { readonly gasLimit: bigint }) =>
      net.chain.open({ ...id, ...open, ...change }, { ...worker.asOperator, ...unasked });
    const [first, ...rest] = open.leaves;
    if (first === undefined) throw new Error('a batch without leaves');
    const dearer = { ...first, gas: first.gas + 1n };

    await net.balancesAfter(
      [requester, worker.owner, passer].map(({ address }) => address),
      async () => {
        await allRefused(
          ['OpeningMismatch', says({ key: randomBytes(32) })],
          ['OpeningMismatch', says({ leaves: [{ ...first, outputHash: randomBytes(32) }, ...rest] })],
          ['OpeningMismatch', says({ leaves: [dearer, ...rest], gasTotal: open.gasTotal + 1n })],
          ['OpeningMismatch', says({ gasTotal: open.gasTotal + 1n })],
          ['InvalidOpening', says({ leaves: rest })],
          ['InvalidOpening', says({ leaves: [{ ...first, gas: 100_000_001n }, ...rest] })],
          ['WrongEpoch', says({ epoch: id.epoch + 1 })],
        );
        await net.chain.open({ ...id, ...open }, { signer: passer.signer });
      },
    );
    const pay = (open.gasTotal * handAsk) / 1_000_000_000n;
    await net.balancesAfter(
      [worker.owner.address, passer.address],
      () => worker.in('Final', id),
      () => ({ [worker.owner.address]: pay }),
    );
    await worker.pause();
  });

  it('none at all: unpaid, the bond of a selected batch waits, and the late one still counts while nobody else has it', async () => {
    const net = network();
    const requester = await net.person('requester', 5_000_000n);
    const { worker, jobId } = await ownJob(net, requester);
    const batch = await worker.offered(jobId);
    const { commit, open } = await worker.work(batch);
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    await net.chain.commit({ ...id, ...commit }, worker.asOperator);
    await worker.pause();
    await net.balancesAfter([requester.address, worker.owner.address], () => worker.in('Queued', id, 180));
    expect((await net.chain.worker(worker.owner.address)).worker.locked).toBe(batch.lease?.bond);
    const pay = (open.gasTotal * handAsk) / 1_000_000_000n;
    await net.balancesAfter(
      [requester.address, worker.owner.address],
      async () => {
        await net.chain.open({ ...id, ...open }, worker.asOperator);
        await worker.in('Challenge', id);
        await net.chain.acceptBatch(id, { signer: requester.signer });
        return until('the end of the job', async () => {
          const job = await net.chain.job(jobId);
          return job.state === 'Settled' ? job : undefined;
        });
      },
      ({ refunded }) => ({ [worker.owner.address]: pay, [requester.address]: refunded }),
    );
    expect((await net.chain.worker(worker.owner.address)).worker.locked).toBe(0n);
  });
}
