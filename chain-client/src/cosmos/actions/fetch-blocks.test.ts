import { afterEach, expect, test } from 'vitest';
import {
  BadResponseError,
  BlockUnavailableError,
  ClientClosedError,
  EndpointUnreachableError,
} from '../../errors/index.js';
import type { ChainClient } from '../../port/chain-client.js';
import type { Answer, FakeNode, Fault } from '../../testing/fake-node.js';
import type { FetchedBlock } from '../../types/block.js';
import { connectCosmos } from '../connect.js';
import { FakeChain } from '../testing/fake-chain.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A chain of so many blocks, each fourth with a transaction. */
function chainOf(blocks: number): FakeChain {
  const chain = new FakeChain();
  while (chain.height < blocks) {
    chain.produce();
    const block = chain.blocks[chain.height - 1];
    if (block && chain.height % 4 === 0) {
      const result = { code: 0, events: [{ type: 'tx', attributes: [{ key: 'fee', value: '1udmc' }] }] };
      chain.blocks[chain.height - 1] = {
        ...block,
        txs: [Uint8Array.of(chain.height)],
        results: [result],
      };
    }
  }
  return chain;
}

async function nodeOf(chain: FakeChain): Promise<FakeNode> {
  const node = await chain.node();
  ends.push(() => node.stop());
  return node;
}

async function clientOf(nodes: readonly FakeNode[], requestTimeoutMs = 1_000): Promise<ChainClient> {
  const client = await connectCosmos({
    endpoints: nodes.map(({ url }) => url),
    chainId: 'fake-1',
    websocket: false,
    requestTimeoutMs,
    retryForMs: 100,
  });
  ends.push(() => client.close());
  return client;
}

const heightsOf = (blocks: readonly { readonly height: number }[]) => blocks.map(({ height }) => height);
const readAll = (blocks: readonly FetchedBlock[]) => blocks.map((block) => block.read());
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('default: a stretch in few requests, each block as it comes alone', async () => {
  const node = await nodeOf(chainOf(40));
  const client = await clientOf([node]);
  const blocks = readAll(await client.fetchBlocks(2, 37));
  expect(node.batches.filter((size) => size === 10)).toHaveLength(4);
  expect(node.asked.filter((method) => method === 'block')).toHaveLength(9);
  expect(node.batches.length).toBeLessThanOrEqual(8);
  expect(heightsOf(blocks)).toEqual(range(2, 37));
  expect(blocks).toEqual(await Promise.all(range(2, 37).map((height) => client.fetchBlock(height))));
  expect(blocks.map(({ txs }) => txs.length)).toEqual(range(2, 37).map((height) => (height % 4 ? 0 : 1)));
});

test('default: a single block', async () => {
  const client = await clientOf([await nodeOf(chainOf(8))]);
  expect(readAll(await client.fetchBlocks(8, 8))).toEqual([await client.fetchBlock(8)]);
});

test.each([0, 1, 2, 5, 9])(
  'behavior: a node that takes batches of %i at most, and is remembered',
  async (longest) => {
    const node = await nodeOf(chainOf(40));
    node.longestBatch = longest;
    const client = await clientOf([node]);
    expect(heightsOf(await client.fetchBlocks(1, 36))).toEqual(range(1, 36));
    for (let i = 0; i < 3; i += 1) await client.fetchBlocks(1, 36);
    expect(Math.max(0, ...node.batches)).toBeLessThanOrEqual(longest);
    node.asked.splice(0);
    await client.fetchBlocks(1, 20);
    expect(node.asked.includes('blockchain')).toBe(longest > 1);
  },
);

const disorders: Readonly<Record<string, (answers: readonly Answer[]) => readonly Answer[]>> = {
  'in another order': (answers) => answers.toReversed(),
  'without the first': (answers) => answers.slice(1),
  'without the last': (answers) => answers.slice(0, -1),
  'one only': (answers) => answers.slice(2, 3),
  none: () => [],
  'twice, and of strangers': (answers) => [{ id: 'x', result: {} }, ...answers, ...answers, {}],
  'with an error each': (answers) =>
    answers.map(({ id }) => ({ jsonrpc: '2.0', id, error: { code: -1, message: 'no' } })),
  'with other heights': (answers) =>
    answers.map((answer, i) => ({ ...answer, result: answers[i ^ 1]?.result ?? null })),
};

test.each(Object.entries(disorders))('behavior: a node that answers a batch %s', async (name, shuffle) => {
  const node = await nodeOf(chainOf(40));
  node.shuffle = shuffle;
  const client = await clientOf([node]);
  const blocks = await client.fetchBlocks(1, 36);
  expect(heightsOf(blocks)).toEqual(range(1, 36));
  for (const block of blocks) {
    const alone = await client.fetchBlock(block.height);
    if (name === 'with other heights' && block.size > 0) expect(() => block.read()).toThrow(BadResponseError);
    else expect(block.read()).toEqual(alone);
  }
});

test('default: a block can be read again', async () => {
  const client = await clientOf([await nodeOf(chainOf(8))]);
  const [block] = await client.fetchBlocks(4, 8);
  expect(block?.size).toBeGreaterThan(0);
  expect(block?.read()).toEqual(block?.read());
});

test.each<[string, object]>([
  ['no results', { txs_results: 7 }],
  ['results of more transactions than it has', { txs_results: [{ code: 0 }, { code: 0 }] }],
  ['an event that cannot be read', { finalize_block_events: [{ type: 'dmcn.task.v1.EventJobSubmitted' }] }],
])('error: a block that has %s, once it is read', async (_, wrong) => {
  const node = await nodeOf(chainOf(8));
  node.shuffle = (answers) =>
    answers.map(({ id, result }) => ({ id, result: { ...(result as object), ...wrong } }));
  const client = await clientOf([node]);
  const blocks = await client.fetchBlocks(1, 8);
  expect(heightsOf(blocks)).toEqual(range(1, 8));
  for (const block of blocks) expect(() => block.read()).toThrow(BadResponseError);
  expect(() => blocks[2]?.read()).toThrow('block 3');
});

test.each<Fault>(['garbage', 'truncated', 'hang', 'close', 'http-500', 'wrong-shape'])(
  'behavior: a node that answers batches with %s and single requests well',
  async (fault) => {
    const node = await nodeOf(chainOf(20));
    node.fault = (method) => (method === 'blockchain' ? { before: fault } : {});
    const client = await clientOf([node], 300);
    expect(heightsOf(await client.fetchBlocks(1, 18))).toEqual(range(1, 18));
  },
);

test('behavior: another endpoint where the first is dead, or has dropped the blocks', async () => {
  const [dead, pruned] = [await nodeOf(chainOf(20)), new FakeChain()];
  await dead.stop();
  while (pruned.height < 20) pruned.produce();
  pruned.pruned = 15;
  const client = await clientOf([dead, await nodeOf(pruned), await nodeOf(chainOf(20))]);
  expect(heightsOf(await client.fetchBlocks(10, 20))).toEqual(range(10, 20));
});

test('behavior: what there is, where the stretch goes beyond it', async () => {
  const client = await clientOf([await nodeOf(chainOf(20))]);
  expect(heightsOf(await client.fetchBlocks(15, 60))).toEqual(range(15, 20));
});

test('behavior: what comes before a block that cannot be had', async () => {
  const node = await nodeOf(chainOf(20));
  let left = 12;
  node.fault = (method) => {
    if (method === 'block_results') left -= 1;
    return left < 0 ? { before: 'close' } : {};
  };
  const client = await clientOf([node]);
  const blocks = await client.fetchBlocks(1, 18);
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.length).toBeLessThan(18);
  expect(heightsOf(blocks)).toEqual(range(1, blocks.length));
});

test('error: the first block was dropped, whatever the node does about later ones', async () => {
  const chain = chainOf(40);
  chain.pruned = 9;
  const node = await nodeOf(chain);
  const client = await clientOf([node], 60_000);
  let results = 0;
  node.fault = (method) => {
    if (method === 'block_results') results += 1;
    return results > 9 && method === 'block_results' ? { before: 'hang' } : {};
  };
  const error = await client.fetchBlocks(1, 9).catch((cause) => cause);
  expect(error).toBeInstanceOf(BlockUnavailableError);
  expect([error.height, error.earliest, error.retryable]).toEqual([1, 10, false]);
});

test('error: no node answers', async () => {
  const node = await nodeOf(chainOf(20));
  const client = await clientOf([node]);
  await node.stop();
  await expect(client.fetchBlocks(1, 18)).rejects.toThrow(EndpointUnreachableError);
});

test('error: heights in no order', async () => {
  const client = await clientOf([await nodeOf(chainOf(3))]);
  await expect(client.fetchBlocks(3, 2)).rejects.toThrow(RangeError);
  await expect(client.fetchBlocks(1, Number.NaN)).rejects.toThrow(RangeError);
});

test('error: the client is closed meanwhile', async () => {
  const node = await nodeOf(chainOf(20));
  const client = await clientOf([node], 60_000);
  node.fault = () => ({ before: 'hang' });
  const blocks = client.fetchBlocks(1, 18);
  setTimeout(() => client.close(), 50);
  await expect(blocks).rejects.toThrow(ClientClosedError);
});
