import assert from 'node:assert/strict';
import { BlockUnavailableError, NotFoundError } from '../errors/index.js';
import type { Block } from '../types/block.js';
import { inScene } from './scene.js';

/** Blocks, events and the beacon. */
export const followingCases = [
  inScene('follows blocks from the first on without gaps, each on its parent', async ({ client }) => {
    const { height, earliestHeight } = await client.status();
    const blocks: Block[] = [];
    for await (const block of client.blocks({ from: earliestHeight })) {
      blocks.push(block);
      if (block.height >= height + 2) break;
    }
    assert.deepEqual(
      blocks.map((block) => block.height),
      blocks.map((_, i) => earliestHeight + i),
    );
    for (const [i, block] of blocks.entries()) {
      if (i > 0) assert.equal(block.parentHash, blocks[i - 1]?.hash);
      assert.equal(block.chainId, client.chainId);
      assert.ok(block.events.every((event) => event.height === block.height));
    }
  }),
  inScene('follows only new blocks unless told otherwise, and ends with its signal', async ({ client }) => {
    const { height } = await client.status();
    const stop = new AbortController();
    for await (const block of client.blocks({ signal: stop.signal })) {
      assert.ok(block.height > height);
      stop.abort();
    }
    for await (const block of client.blocks({ signal: AbortSignal.abort() }))
      assert.fail(`block ${block.height}`);
  }),
  inScene('shows in a block what the receipt of a transaction shows', async (scene) => {
    const { client } = scene;
    const author = await scene.funded();
    const receipt = await client.storeModule(
      {
        code: Uint8Array.from([
          0,
          0x61,
          0x73,
          0x6d,
          1,
          0,
          0,
          0,
          0,
          9,
          1,
          0x7a,
          ...crypto.getRandomValues(new Uint8Array(7)),
        ]),
        royaltyBps: 0,
        name: 'x',
      },
      { signer: author },
    );
    const block = await client.fetchBlock(receipt.height);
    const txIndex = block.txs.findIndex(({ hash }) => hash === receipt.hash);
    assert.ok(txIndex >= 0);
    assert.equal(block.txs[txIndex]?.code, 0);
    assert.deepEqual(
      block.events.filter((event) => event.txIndex === txIndex),
      receipt.events,
    );
    const places = block.events.map(({ txIndex: tx, eventIndex }) => `${tx}/${eventIndex}`);
    assert.equal(new Set(places).size, places.length);
  }),
  inScene('tells that a block is not there yet, and that waiting may help', async ({ client }) => {
    const { height } = await client.status();
    await assert.rejects(client.fetchBlock(height + 1_000), (error) => {
      assert.ok(error instanceof BlockUnavailableError);
      assert.equal(error.retryable, true);
      return true;
    });
  }),
  inScene('gives a stretch of blocks as it gives each of them, one with transactions too', async (scene) => {
    const { client } = scene;
    const { address: to } = await scene.funded();
    const { height } = await client.send({ to, amount: 1n }, { signer: scene.subject.funder });
    const { earliestHeight } = await client.status();
    const from = Math.max(earliestHeight, height - 25);
    const stretch = await client.fetchBlocks(from, height);
    const each = await Promise.all(stretch.map((block) => client.fetchBlock(block.height)));
    assert.equal(stretch.length, height - from + 1);
    const read = stretch.map((block) => block.read());
    assert.ok((read.at(-1)?.txs.length ?? 0) > 0);
    assert.deepEqual(read, each);
  }),
  inScene('ends a stretch where the blocks end, and refuses one that begins behind', async ({ client }) => {
    const { height } = await client.status();
    const stretch = await client.fetchBlocks(height - 1, height + 1_000);
    assert.deepEqual(
      stretch.map((block) => block.height),
      stretch.map((_, i) => height - 1 + i),
    );
    assert.ok(stretch.length > 0 && stretch.length < 1_000);
    await assert.rejects(client.fetchBlocks(height + 1_000, height + 1_010), BlockUnavailableError);
    await assert.rejects(client.fetchBlocks(2, 1), RangeError);
  }),
  inScene('gives the beacon of the newest and of a recent height, as their blocks do', async ({ client }) => {
    const newest = await client.seed();
    assert.equal(newest.value.length, 32);
    assert.deepEqual(await client.seed(newest.height), newest);
    const { events } = await client.fetchBlock(newest.height);
    assert.deepEqual(events.find((event) => event.type === 'BeaconSeed')?.data, { seed: newest });
    await assert.rejects(client.seed(newest.height + 1_000), NotFoundError);
    assert.ok((await client.beaconParams()).history > 0);
  }),
  inScene('says what is in force', async ({ client }) => {
    const [worker, task] = [await client.workerParams(), await client.taskParams()];
    assert.ok(worker.lot > 0n && worker.minRate > 0n && worker.leaseLockBps <= 10_000);
    assert.ok(task.candidates >= 1 && task.coinHeights >= 1 && task.maxGasLimit > 0n);
  }),
];
