import assert from 'node:assert/strict';
import { ChainRejectedError, InvalidAddressError, NotFoundError } from '../errors/index.js';
import { inScene } from './scene.js';

/** Status, accounts, coins and who pays for a transaction. */
export const accountCases = [
  inScene('says which chain it is, and how high', async ({ client }) => {
    const status = await client.status();
    assert.equal(status.chainId, client.chainId);
    assert.ok(status.height >= 1 && status.earliestHeight <= status.height);
    assert.equal(status.catchingUp, false);
  }),
  inScene('converts accounts to raw bytes and back', async ({ client, subject }) => {
    const bytes = client.addressBytes(subject.funder.address);
    assert.equal(bytes.length, 20);
    assert.equal(client.addressFromBytes(bytes), subject.funder.address);
    assert.throws(() => client.addressBytes('nobody'), InvalidAddressError);
    assert.throws(() => client.addressFromBytes(new Uint8Array(3)), InvalidAddressError);
  }),
  inScene(
    'moves coins, takes the fee that its receipt names, and finds the transaction again',
    async (scene) => {
      const { client } = scene;
      const [from, to] = [await scene.funded(1_000_000n), await scene.subject.newSigner()];
      assert.equal(await client.balance(to.address), 0n);
      const receipt = await client.send({ to: to.address, amount: 300_000n }, { signer: from });
      assert.ok(receipt.fee > 0n && receipt.gasUsed > 0n);
      assert.equal(await client.balance(to.address), 300_000n);
      assert.equal(await client.balance(from.address), 700_000n - receipt.fee);
      const record = await client.transaction(receipt.hash);
      assert.deepEqual(
        { hash: record.hash, height: record.height, fee: record.fee, code: record.code },
        { hash: receipt.hash, height: receipt.height, fee: receipt.fee, code: 0 },
      );
    },
  ),
  inScene('names what an account lacks, and takes nothing', async (scene) => {
    const { client } = scene;
    const from = await scene.funded(1_000_000n);
    const send = client.send({ to: from.address, amount: 2_000_000n }, { signer: from });
    await assert.rejects(
      send,
      (error) => error instanceof ChainRejectedError && error.reason === 'InsufficientFunds',
    );
    assert.equal(await client.balance(from.address), 1_000_000n);
  }),
  inScene('does not know an account that never received anything', async ({ client, subject }) => {
    const stranger = await subject.newSigner();
    await assert.rejects(
      client.send({ to: stranger.address, amount: 1n }, { signer: stranger }),
      NotFoundError,
    );
  }),
  inScene(
    'lets a granter pay the fees of an account without coins, for the messages granted',
    async (scene) => {
      const { client } = scene;
      const [granter, grantee] = [await scene.funded(), await scene.subject.newSigner()];
      const grant = {
        grantee: grantee.address,
        spendLimit: 1_000_000n,
        messages: ['pauseWorker', 'send'] as const,
      };
      await client.grantFees({ ...grant, expiration: new Date(Date.now() + 3_600_000) }, { signer: granter });
      await client.send({ to: grantee.address, amount: 10n }, { signer: granter });
      const before = await client.balance(granter.address);
      const options = { signer: grantee, feeGranter: granter.address };
      const receipt = await client.send({ to: granter.address, amount: 10n }, options);
      assert.equal(await client.balance(granter.address), before + 10n - receipt.fee);
      assert.equal(await client.balance(grantee.address), 0n);
      await assert.rejects(client.bond({ amount: 1n }, options), ChainRejectedError);
      await assert.rejects(
        client.send({ to: granter.address, amount: 0n }, { signer: grantee }),
        ChainRejectedError,
      );
    },
  ),
  inScene('executes many transactions of one key at once, each exactly once', async (scene) => {
    const { client } = scene;
    const [from, to] = [await scene.funded(), await scene.subject.newSigner()];
    const amounts = Array.from({ length: 60 }, (_, i) => 2n ** BigInt(i % 20) + BigInt(i));
    const receipts = await Promise.all(
      amounts.map((amount) => client.send({ to: to.address, amount }, { signer: from })),
    );
    assert.equal(new Set(receipts.map(({ hash }) => hash)).size, amounts.length);
    assert.equal(
      await client.balance(to.address),
      amounts.reduce((sum, amount) => sum + amount, 0n),
    );
  }),
  inScene('executes a transaction once, however often it is resumed', async (scene) => {
    const { client } = scene;
    const [from, to] = [await scene.funded(), await scene.subject.newSigner()];
    const resumed: Promise<unknown>[] = [];
    const receipt = await client.send(
      { to: to.address, amount: 7n },
      {
        signer: from,
        onSigned: (tx) => {
          resumed.push(client.resume(tx), client.resume(tx));
        },
      },
    );
    await Promise.all(resumed);
    assert.equal(await client.balance(to.address), 7n);
    assert.ok(receipt.height > 0);
  }),
];
