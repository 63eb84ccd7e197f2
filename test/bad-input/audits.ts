import { createHash, randomBytes } from 'node:crypto';
import { auditHash, batchRoot, leafPreimage, merkleProof, merkleRoot, statusFromCode } from '@dmcn/protocol';
import { expect, it } from 'vitest';
import { HandWorker } from '../support/hand-worker.js';
import { jobSpec, ownFeature } from '../support/job-spec.js';
import type { Network } from '../support/network.js';
import { allRefused } from '../support/refusals.js';
import { until } from '../support/until.js';

const inputs = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const hashes = inputs.map((input) => createHash('sha256').update(input).digest());

export function badAudits(network: () => Network): void {
  it('audits, shown keys, challenges, inputs and votes: out of turn, twice, by the wrong account, with a proof of another unit', async () => {
    const net = network();
    const { chain } = net;
    const requester = await net.person('requester', 5_000_000n);
    const stranger = await net.person('stranger', 5_000_000n);
    const feature = ownFeature();
    const [one, two] = [await HandWorker.register(net, feature), await HandWorker.register(net, feature)];
    const spec = await jobSpec(net, { features: [feature], inputRoot: merkleRoot(hashes) });
    const { jobId } = await chain.submitJob({ spec, maxEscrow: 10n ** 9n }, { signer: requester.signer });
    const { lease } = await until('an offer', async () => {
      const { items } = await chain.batches({ jobId });
      return items.find(({ state }) => state === 'Offered');
    });
    const [worker, auditor] = lease?.worker === one.owner.address ? [one, two] : [two, one];
    const batch = await worker.offered(jobId);
    const { commit, open } = await worker.work(batch);
    const id = { jobId, batch: batch.batch, epoch: batch.epoch };
    type Unasked = { readonly gasLimit: bigint };
    const by = { signer: stranger.signer };

    const preimages = open.leaves.map((leaf) =>
      leafPreimage(jobId, leaf.unit, { ...leaf, status: statusFromCode(leaf.status) }),
    );
    const wire = (items: readonly Uint8Array[], at: number) => {
      const { total, index, aunts } = merkleProof(items, at);
      return { total: BigInt(total), index: BigInt(index), aunts };
    };
    const shown = (at: number) => ({ input: inputs[at] ?? Buffer.alloc(0), proof: wire(hashes, at) });
    const deposit = await chain.challengeDeposit(jobId);
    const [leaf] = open.leaves;
    if (leaf === undefined) throw new Error('a batch without leaves');
    const challenge = (change: object) => (unasked: Unasked) =>
      chain.challenge(
        {
          ...{ ...id, leaf, leafProof: wire(preimages, 0), deposit },
          ...{ input: shown(0).input, inputProof: shown(0).proof, ...change },
        },
        { ...by, ...unasked },
      );
    const postInput = (unasked: Unasked) =>
      chain.postInput({ ...id, unit: 0, ...shown(0) }, { ...by, ...unasked });
    const root = batchRoot(
      jobId,
      0,
      open.leaves.map((each) => ({ ...each, status: statusFromCode(each.status) })),
    );
    const { key, gasTotal } = open;
    const show = (change: object) => (unasked: Unasked) =>
      chain.showKey({ ...id, key, root, gasTotal, ...change }, { ...by, ...unasked });
    const post = (options: object, change: object) => (unasked: Unasked) =>
      chain.postAudit(
        { ...id, index: 0, hashes: [randomBytes(32)], ...change },
        { ...auditor.asOperator, ...options, ...unasked },
      );

    await chain.commit({ ...id, ...commit }, worker.asOperator);
    await allRefused(['WrongEpoch', show({ epoch: id.epoch + 1 })], ['NoInputAwaited', postInput]);
    const audit = await until('the audit to be drawn', async () => {
      const { items } = await chain.auditorAudits({ auditor: auditor.owner.address });
      return items.find((each) => each.jobId === jobId && each.state === 'Drawn');
    });
    await allRefused(
      ['NotAuditor', post(worker.asOperator, {})],
      [
        'UnknownWorker',
        (unasked) => chain.postAudit({ ...id, index: 0, hashes: [randomBytes(32)] }, { ...by, ...unasked }),
      ],
      ['UnknownAudit', post({}, { index: 7 })],
      ['InvalidAudit', post({}, { hashes: [] })],
      ['InvalidAudit', post({}, { hashes: [randomBytes(31)] })],
      ['Transition', show({})],
    );
    const account = chain.addressBytes(auditor.owner.address);
    const right = audit.units.map((unit) => auditHash(account, preimages[unit] ?? new Uint8Array()));
    await chain.postAudit({ ...id, index: 0, hashes: right }, auditor.asOperator);
    await allRefused(['AlreadyPosted', post({}, { hashes: right })]);

    await worker.in('Opening', id);
    await chain.open({ ...id, ...open }, worker.asOperator);
    await worker.in('Challenge', id);
    const vote = { operator: stranger.address, disputeId: 1n << 60n };
    await allRefused(
      ['DepositTooSmall', challenge({ deposit: deposit - 1n })],
      ['InvalidLeaf', challenge({ leaf: { ...leaf, gas: leaf.gas + 1n } })],
      ['InvalidLeaf', challenge({ leafProof: wire(preimages, 1) })],
      ['InvalidInput', challenge({ inputProof: shown(1).proof })],
      ['InvalidInput', challenge({ input: shown(1).input })],
      ['WrongEpoch', challenge({ epoch: id.epoch + 1 })],
      ['NoInputAwaited', postInput],
      [
        'UnknownDispute',
        (unasked) => chain.commitVote({ ...vote, hash: randomBytes(32) }, { ...by, ...unasked }),
      ],
      [
        'UnknownDispute',
        (unasked) => chain.revealVote({ ...vote, salt: randomBytes(32), leaf }, { ...by, ...unasked }),
      ],
      [
        'NotValidator',
        (unasked) =>
          chain.registerReferee(
            { account: stranger.address, encryptionKey: randomBytes(32) },
            { ...by, ...unasked },
          ),
      ],
    );
    await worker.in('Final', id);
    expect((await chain.worker(worker.owner.address)).worker).toMatchObject({
      locked: 0n,
      frauds: 0,
      standing: 1,
    });
    await allRefused(['Transition', challenge({})]);
    await Promise.all([worker.pause(), auditor.pause()]);
  });
}
