import assert from 'node:assert/strict';
import { ChainRejectedError, NotFoundError } from '../errors/index.js';
import { everyPage } from '../types/page.js';
import type { RejectionCheck } from './rejection.js';
import { rejectedAs } from './rejection.js';
import { inScene } from './scene.js';

/** Registration, bond and standing of workers. */
export const workerCases = [
  inScene(
    'registers a worker with its fee grant in one transaction, and finds it by owner and operator',
    async (scene) => {
      const { client } = scene;
      const { owner, operator } = await scene.worker();
      const record = await client.worker(owner.address);
      assert.deepEqual(await client.worker(operator.address), record);
      assert.equal(record.worker.owner, owner.address);
      assert.equal(record.worker.bond, 5_000_000n);
      assert.equal(record.worker.status, 'Active');
      assert.deepEqual(record.worker.features, [scene.feature]);
      assert.equal(record.worker.encryptionKey.length, 32);
      assert.deepEqual(record.lapses, []);
      assert.ok(record.reputation >= 1_000);
      const { items } = await client.workers();
      assert.ok(items.some((worker) => worker.owner === owner.address));
    },
  ),
  inScene('lists workers by pages', async (scene) => {
    const owners = [(await scene.worker()).owner.address, (await scene.worker()).owner.address];
    const seen: string[] = [];
    for (let after: Uint8Array | undefined; ; ) {
      const page = await scene.client.workers({ limit: 1, ...(after && { after }) });
      assert.ok(page.items.length <= 1);
      seen.push(...page.items.map(({ owner }) => owner));
      after = page.next;
      if (!after) break;
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const owner of owners) assert.ok(seen.includes(owner));
  }),
  inScene('updates, pauses and resumes a worker, its operator paid by the owner', async (scene) => {
    const { client } = scene;
    const { owner, operator } = await scene.worker();
    const offer = { ...(await scene.offer(operator)), ask: 77n };
    await client.updateWorker(offer, { signer: owner });
    assert.equal((await client.worker(owner.address)).worker.ask, 77n);
    const paid = { signer: operator, feeGranter: owner.address };
    const paused = await client.pauseWorker({ owner: owner.address }, paid);
    assert.equal((await client.worker(owner.address)).worker.status, 'Paused');
    assert.equal((await client.worker(owner.address)).worker.lots, 0);
    const change = paused.events.find((event) => event.type === 'WorkerStatusChanged');
    assert.deepEqual(change?.data, {
      ...change?.data,
      oldStatus: 'Active',
      newStatus: 'Paused',
      owner: owner.address,
    });
    await client.resumeWorker({ owner: owner.address }, paid);
    assert.equal((await client.worker(owner.address)).worker.status, 'Active');
  }),
  inScene('keeps a worker from what it does not want, and names the rule', async (scene) => {
    const { client } = scene;
    const { owner, operator } = await scene.worker();
    const { id: moduleId } = await scene.module(owner);
    const spec = await scene.spec(moduleId);
    const { jobId } = await scene.job(await scene.funded(), { ...spec, maxPrice: 1n });
    const standing = async () => {
      const draws = await everyPage((page) => client.workerDraws({ ...page, worker: owner.address }));
      return draws.find(({ job }) => job.id === jobId);
    };
    assert.equal((await standing())?.keptOut, 'price');
    const offer = { ...(await scene.offer(operator)), ask: 1n };
    const modules = [new Uint8Array(32), new Uint8Array(32).fill(255)];
    await client.updateWorker({ ...offer, modules }, { signer: owner });
    assert.deepEqual((await client.worker(owner.address)).worker.modules, modules);
    assert.equal((await standing())?.keptOut, 'modules');
    await client.updateWorker({ ...offer, maxGasLimit: spec.gasLimit - 1n }, { signer: owner });
    assert.equal((await client.worker(operator.address)).worker.maxGasLimit, spec.gasLimit - 1n);
    assert.equal((await standing())?.keptOut, 'gas_limit');
    await client.pauseWorker({ owner: owner.address }, { signer: owner });
    assert.deepEqual((await client.worker(owner.address)).keptOut, ['paused']);
    const query = { granter: owner.address, grantee: operator.address };
    assert.ok(((await client.feeAllowance(query)).spendLimit ?? 0n) <= 1_000_000n);
    await assert.rejects(
      client.feeAllowance({ granter: operator.address, grantee: owner.address }),
      NotFoundError,
    );
  }),
  inScene('adds to a bond and takes it back', async (scene) => {
    const { client } = scene;
    const { owner } = await scene.worker();
    await client.bond({ amount: 1_000_000n }, { signer: owner });
    assert.equal((await client.worker(owner.address)).worker.bond, 6_000_000n);
    const before = await client.balance(owner.address);
    const { fee } = await client.withdraw({ amount: 6_000_000n }, { signer: owner });
    assert.equal(await client.balance(owner.address), before + 6_000_000n - fee);
    assert.equal((await client.worker(owner.address)).worker.bond, 0n);
  }),
  inScene('names why a worker is refused', async (scene) => {
    const { client } = scene;
    const { owner, operator } = await scene.worker();
    const offer = await scene.offer(await scene.subject.newSigner());
    const other = await scene.funded();
    const { maxAsk, lot } = await client.workerParams();
    const checks: RejectionCheck[] = [
      ['WorkerExists', () => client.registerWorker({ ...offer, bond: lot }, { signer: owner })],
      [
        'OperatorTaken',
        () => client.registerWorker({ ...offer, operator: operator.address, bond: lot }, { signer: other }),
      ],
      ['BondTooSmall', () => client.registerWorker({ ...offer, bond: lot - 1n }, { signer: other })],
      [
        'InvalidAsk',
        () => client.registerWorker({ ...offer, ask: maxAsk + 1n, bond: lot }, { signer: other }),
      ],
      [
        'InvalidModules',
        () => client.updateWorker({ ...offer, modules: [new Uint8Array(31)] }, { signer: owner }),
      ],
      ['InvalidGasLimit', () => client.updateWorker({ ...offer, maxGasLimit: 2n ** 63n }, { signer: owner })],
      ['InsufficientBond', () => client.withdraw({ amount: 6_000_000n }, { signer: owner })],
      ['NotOwnerOrOperator', () => client.pauseWorker({ owner: owner.address }, { signer: other })],
      ['UnknownWorker', () => client.bond({ amount: 1n }, { signer: other })],
    ];
    for (const check of checks) await rejectedAs(check);
    await assert.rejects(client.worker(other.address), NotFoundError);
    await assert.rejects(
      client.registerWorker({ ...offer, operator: 'nobody', bond: lot }, { signer: other }),
      ChainRejectedError,
    );
  }),
];
