import assert from 'node:assert/strict';
import { inputHash, inputRoot, merkleProof } from '@dmcn/protocol';
import { NotFoundError } from '../errors/index.js';
import { eventOf } from '../port/message-methods.js';
import type { MerkleProof } from '../types/batch.js';
import { workOn } from './jobs.js';
import { rejectedAs } from './rejection.js';
import { inScene } from './scene.js';

const nothing = new Uint8Array(32);
const nobody = 10n ** 9n;

/** Challenges, and votes in somebody else's name. */
export const disputeCases = [
  inScene('shows a challenge, and the input that it posted', async (scene) => {
    const { client } = scene;
    const [requester, challenger, worker] = [
      await scene.funded(),
      await scene.funded(20_000_000n),
      await scene.worker(),
    ];
    const inputs = [1, 2].map((unit) => new TextEncoder().encode(`input ${unit}`));
    const hashes = inputs.map(inputHash);
    const { id: moduleId } = await scene.module(requester);
    const spec = await scene.spec(moduleId, { units: 2, inputRoot: inputRoot(hashes) });
    const job = await client.job((await scene.job(requester, spec)).jobId);
    const work = await workOn(scene, job, 0, worker);
    const { leaf, proof: leafProof } = work.output(1);
    const { total, index, aunts } = merkleProof(hashes, 1);
    const inputProof: MerkleProof = { total: BigInt(total), index: BigInt(index), aunts };
    const deposit = await client.challengeDeposit(job.id);
    assert.ok(deposit > 0n);
    const [, input = nothing] = inputs;
    const message = { ...work.lease, leaf, leafProof, input, inputProof, deposit };
    const by = { signer: challenger };
    await rejectedAs(['DepositTooSmall', () => client.challenge({ ...message, deposit: deposit - 1n }, by)]);
    await rejectedAs(['InvalidInput', () => client.challenge({ ...message, input: nothing }, by)]);

    const receipt = await client.challenge(message, by);
    const { dispute } = eventOf(receipt, 'DisputeOpened').data;
    const { disputeId, height } = receipt;
    assert.deepEqual(
      { ...dispute, ...work.lease, id: disputeId, leaf, deposit, inputHash: hashes[1], postedHeight: height },
      dispute,
    );
    assert.equal(dispute.cause, 'Challenge');
    assert.equal(dispute.poster, challenger.address);
    assert.deepEqual(await client.disputedInputOf(dispute), { input, proof: inputProof });
    const decided = await scene.event(
      height,
      'DisputeStateChanged',
      (change) => change.dispute.id === disputeId && change.dispute.state === 'Decided',
    );
    assert.ok(decided.dispute.verdict !== undefined);
  }),
  inScene('lets an account vote in the name of another one by its grant only', async (scene) => {
    const { client } = scene;
    const [operator, referee] = [await scene.funded(), await scene.funded()];
    const vote = () =>
      client.commitVote(
        { operator: operator.address, disputeId: nobody, hash: nothing },
        { signer: referee },
      );
    const pair = { granter: operator.address, grantee: referee.address };
    await rejectedAs(['NoAuthorizationFound', vote]);
    assert.deepEqual(await client.messageGrants(pair), []);
    const expiration = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000);
    await client.submit(
      [
        { type: 'grantMessages', grantee: referee.address, message: 'commitVote' },
        { type: 'grantMessages', grantee: referee.address, message: 'revealVote', expiration },
      ],
      { signer: operator },
    );
    const grants = [...(await client.messageGrants(pair))].sort((a, b) => (a.message < b.message ? -1 : 1));
    assert.deepEqual(grants, [{ message: 'commitVote' }, { message: 'revealVote', expiration }]);
    await rejectedAs(['UnknownDispute', vote]);
  }),
  inScene('names referees of validators only', async (scene) => {
    const { client } = scene;
    const stranger = await scene.funded();
    const validator = client.validatorOf(stranger.address);
    assert.equal(client.operatorOf(validator), stranger.address);
    const named = { account: stranger.address, encryptionKey: new Uint8Array(32).fill(9) };
    await rejectedAs(['NotValidator', () => client.registerReferee(named, { signer: stranger })]);
    await assert.rejects(client.referee(validator), NotFoundError);
    await assert.rejects(client.dispute(nobody), NotFoundError);
    for (const { account, validator: of } of (await client.referees()).items)
      assert.equal((await client.referee(of)).account, account);
  }),
];
