import { afterEach, describe, expect, it } from 'vitest';
import { BlockUnavailableError } from '../../errors/index.js';
import type { FakeNode } from '../../testing/fake-node.js';
import { connectCosmos } from '../connect.js';
import { FakeChain } from '../testing/fake-chain.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function setUp(
  chain: FakeChain,
): Promise<{ node: FakeNode; heights: (from: number, to: number) => Promise<number[]> }> {
  const node = await chain.node();
  const client = await connectCosmos({
    endpoints: [node.url],
    chainId: chain.chainId,
    pollMs: 20,
    requestTimeoutMs: 1_000,
    retryForMs: 100,
  });
  ends.push(
    () => node.stop(),
    () => client.close(),
  );
  const heights = async (from: number, to: number) => {
    const seen: number[] = [];
    for await (const { height } of client.blocks({ from })) {
      seen.push(height);
      if (height === to) break;
    }
    return seen;
  };
  return { node, heights };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('blocks', () => {
  it('come in order without gaps while a node fails now and then in every way', async () => {
    const chain = new FakeChain();
    for (let i = 0; i < 40; i += 1) chain.produce();
    const { node, heights } = await setUp(chain);
    const faults = ['garbage', 'close', 'http-500', 'wrong-shape', 'hang'] as const;
    let asked = 0;
    node.fault = () => {
      asked += 1;
      const fault = faults[asked % 23];
      return fault ? { before: fault } : {};
    };
    ends.push(chain.run(30));
    expect(await heights(1, 60)).toEqual(range(1, 60));
  });

  it('go on after a restart of the only node', async () => {
    const chain = new FakeChain();
    const { node, heights } = await setUp(chain);
    ends.push(chain.run(30));
    const seen = heights(1, 40);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await node.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await node.start();
    expect(await seen).toEqual(range(1, 40));
  });

  it('wait for the results of a block that is just being executed', async () => {
    const chain = new FakeChain();
    chain.produce();
    const { node, heights } = await setUp(chain);
    let missing = 3;
    node.fault = (method) => {
      if (method !== 'block_results') return {};
      missing -= 1;
      return missing >= 0 ? { before: 'http-500' } : {};
    };
    expect(await heights(1, 2)).toEqual([1, 2]);
  });

  it('end with an error where the next one was dropped everywhere', async () => {
    const chain = new FakeChain();
    for (let i = 0; i < 10; i += 1) chain.produce();
    chain.pruned = 5;
    const { heights } = await setUp(chain);
    await expect(heights(3, 8)).rejects.toThrow(BlockUnavailableError);
    expect(await heights(6, 8)).toEqual([6, 7, 8]);
  });
});
