import assert from 'node:assert/strict';
import { NotFoundError } from '../errors/index.js';
import type { ChainClient } from '../port/chain-client.js';
import type { Signer } from '../port/signer.js';
import type { Batch } from '../types/batch.js';
import type { Job } from '../types/job.js';
import type { LeaseId } from '../types/primitives.js';
import { type BatchWork, doBatch } from './batch-work.js';
import { type RejectionCheck, rejectedAs } from './rejection.js';
import { inScene, type Scene } from './scene.js';

interface Worker {
  readonly owner: Signer;
  readonly operator: Signer;
}

/** Takes a batch from its offer to its opening. Returns what was said about it. */
export async function workOn(
  scene: Scene,
  job: Job,
  batch: number,
  { owner, operator }: Worker,
): Promise<BatchWork> {
  const { client } = scene;
  const options = { signer: operator, feeGranter: owner.address };
  const data = await scene.event(
    job.submittedHeight,
    'BatchOffered',
    async (offer) => offer.jobId === job.id && offer.batch === batch && (await isOpen(client, offer)),
  );
  assert.equal(data.lease.worker, owner.address);
  assert.equal(data.operator, operator.address);
  const id = { jobId: job.id, batch, epoch: data.epoch };
  await client.acceptOffer(id, options);
  const leased = await client.batch(id);
  assert.equal(leased.state, 'Leased');
  const work = await doBatch(client, job, leased, owner.address);
  const committed = await client.commit({ ...id, ...work.commit }, options);
  assert.equal((await client.batch(id)).commitment?.height, committed.height);
  await reached(scene, committed.height, id, 'Opening');
  await client.open({ ...id, ...work.open }, options);
  return work;
}

/** Whether an offer is still the batch's newest, with blocks left to accept it. */
async function isOpen(client: ChainClient, lease: LeaseId): Promise<boolean> {
  const [{ state, epoch, deadline }, { height }] = await Promise.all([client.batch(lease), client.status()]);
  return state === 'Offered' && epoch === lease.epoch && deadline > height + 3;
}

const reached = (scene: Scene, from: number, id: { jobId: bigint; batch: number }, state: Batch['state']) =>
  scene.event(
    from,
    'BatchStateChanged',
    (change) => change.jobId === id.jobId && change.batch === id.batch && change.newState === state,
  );

/** Jobs and batches, from the escrow to the last refund. */
export const jobCases = [
  inScene(
    'carries a job from its escrow to its settlement, and everything said stays readable',
    async (scene) => {
      const { client } = scene;
      const [requester, author, worker] = [await scene.funded(), await scene.funded(), await scene.worker()];
      const { id: moduleId } = await scene.module(author);
      const spec = await scene.spec(moduleId);
      const estimate = await client.escrow(spec);
      assert.equal(estimate.escrow, estimate.work + estimate.royalty + estimate.fee + estimate.audits);
      const submitted = await scene.job(requester, spec);
      assert.equal(submitted.escrow, estimate.escrow);
      const job = await client.job(submitted.jobId);
      assert.deepEqual(job.spec, spec);
      assert.equal(job.state, 'Open');
      assert.equal(job.funded, estimate.escrow);
      assert.ok((await client.jobs({ requester: requester.address })).items.some(({ id }) => id === job.id));

      for (const batch of [0, 1]) {
        const work = await workOn(scene, job, batch, worker);
        const commit = await client.commitOf(work.lease);
        assert.deepEqual({ ...commit, ...work.commit, ...work.lease }, commit);
        assert.equal(commit.operator, worker.operator.address);
        const opening = await client.openingOf(work.lease);
        assert.deepEqual({ ...opening, ...work.open, ...work.lease }, opening);
        assert.deepEqual(await client.openingOf({ ...work.lease, height: opening.height }), opening);
        const accepted = await client.acceptBatch(work.lease, { signer: requester });
        const paid = accepted.events.find((event) => event.type === 'BatchPaid');
        const pay = (work.open.gasTotal * 500n) / 1_000_000_000n;
        assert.deepEqual(paid?.data, {
          ...paid?.data,
          pay,
          worker: worker.owner.address,
          author: author.address,
        });
      }

      const settled = await client.job(job.id);
      assert.equal(settled.state, 'Settled');
      assert.equal(settled.remaining, 0n);
      const { paid, royalties, fees, audits, refunded } = settled;
      assert.equal(settled.funded, paid + royalties + fees + audits + refunded);
      assert.equal((await client.batches({ jobId: job.id })).items.length, 2);
      assert.deepEqual((await client.workerBatches({ worker: worker.owner.address })).items, []);
    },
  ),
  inScene('has a demanded output posted, and finds it', async (scene) => {
    const { client } = scene;
    const [requester, worker] = [await scene.funded(), await scene.worker()];
    const { id: moduleId } = await scene.module(requester);
    const job = await client.job(
      (await scene.job(requester, await scene.spec(moduleId, { units: 2 }))).jobId,
    );
    const work = await workOn(scene, job, 0, worker);
    const unit = { ...work.lease, unit: 1 };
    await assert.rejects(client.postedOutputOf(unit), NotFoundError);
    await client.demandOutput(unit, { signer: requester });
    const demanded = await client.batch(work.lease);
    assert.equal(demanded.state, 'Demanded');
    assert.equal(demanded.demand?.unit, 1);
    const body = work.output(1);
    const posted = await client.postOutput(
      { ...work.lease, ...body },
      { signer: worker.operator, feeGranter: worker.owner.address },
    );
    const record = await client.postedOutputOf({ ...unit, height: posted.height });
    assert.deepEqual({ ...record, ...body, ...unit }, record);
    assert.equal(record.txHash, posted.hash);
    assert.deepEqual(await client.postedOutputOf(unit), record);
  }),
  inScene('gives a lease back for a missing input, and confirms inputs', async (scene) => {
    const { client } = scene;
    const [requester, worker] = [await scene.funded(), await scene.worker()];
    const { id: moduleId } = await scene.module(requester);
    const { jobId, height } = await scene.job(requester, await scene.spec(moduleId, { units: 1 }));
    const data = await scene.event(height, 'BatchOffered', (offer) => offer.jobId === jobId);
    const options = { signer: worker.operator, feeGranter: worker.owner.address };
    const lease = { jobId, batch: 0, epoch: data.epoch };
    assert.equal((await client.workerBatches({ worker: worker.owner.address })).items[0]?.state, 'Offered');
    await client.acceptOffer(lease, options);
    await client.reportMissingInput({ ...lease, unit: 0 }, options);
    assert.equal((await client.batch(lease)).epoch, 1);
    assert.deepEqual((await client.job(jobId)).missingReporters, [worker.owner.address]);
    const confirmed = await client.confirmInputs(
      { jobId, locators: ['http://other:4001'] },
      { signer: requester },
    );
    assert.deepEqual((await client.job(jobId)).spec.locators, ['http://other:4001']);
    await scene.event(
      confirmed.height,
      'BatchOffered',
      (offer) => offer.jobId === jobId && offer.epoch === 1,
    );
  }),
  inScene('cancels a job and refunds it', async (scene) => {
    const { client } = scene;
    const requester = await scene.funded();
    const { id: moduleId } = await scene.module(requester);
    const { jobId, escrow } = await scene.job(requester, await scene.spec(moduleId));
    const before = await client.balance(requester.address);
    const { fee, height } = await client.cancelJob({ jobId }, { signer: requester });
    await scene.event(
      height,
      'JobSettled',
      (settled) => settled.jobId === jobId && settled.refunded === escrow,
    );
    assert.equal(await client.balance(requester.address), before + escrow - fee);
    assert.equal((await client.job(jobId)).state, 'Expired');
  }),
  inScene('names why a job or a batch is refused, and what does not exist', async (scene) => {
    const { client } = scene;
    const [requester, other] = [await scene.funded(), await scene.funded()];
    const { id: moduleId } = await scene.module(requester);
    const spec = await scene.spec(moduleId);
    const { escrow } = await client.escrow(spec);
    const by = { signer: requester };
    const { jobId } = await scene.job(requester, spec);
    const lease = { jobId, batch: 0, epoch: 0 };
    const checks: RejectionCheck[] = [
      ['Underfunded', () => client.submitJob({ spec, maxEscrow: escrow - 1n }, by)],
      ['InvalidJob', () => client.submitJob({ spec: { ...spec, units: 0 }, maxEscrow: escrow }, by)],
      [
        'SealedUnsupported',
        () => client.submitJob({ spec: { ...spec, mode: 'sealed' }, maxEscrow: escrow }, by),
      ],
      [
        'UnknownModule',
        () => client.submitJob({ spec: { ...spec, moduleId: new Uint8Array(32) }, maxEscrow: escrow }, by),
      ],
      ['UnknownJob', () => client.cancelJob({ jobId: 10n ** 9n }, by)],
      ['Unauthorized', () => client.cancelJob({ jobId }, { signer: other })],
      ['UnknownBatch', () => client.acceptBatch({ ...lease, batch: 99 }, by)],
      ['ModuleInUse', () => client.removeModule({ moduleId }, by)],
    ];
    for (const check of checks) await rejectedAs(check);
    await assert.rejects(client.job(10n ** 9n), NotFoundError);
    await assert.rejects(client.batch({ jobId, batch: 99 }), NotFoundError);
    await assert.rejects(client.batches({ jobId: 10n ** 9n }), NotFoundError);
    await assert.rejects(client.commitOf(lease), NotFoundError);
  }),
];
