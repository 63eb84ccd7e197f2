import { afterEach, describe, expect, it } from 'vitest';
import {
  BadResponseError,
  ClientClosedError,
  EndpointUnreachableError,
  WrongChainError,
} from '../../errors/index.js';
import type { FakeNode, Fault } from '../../testing/fake-node.js';
import { FakeChain } from '../testing/fake-chain.js';
import { RpcError } from './errors.js';
import { blockRequest, statusRequest } from './requests.js';
import { RpcClient } from './rpc-client.js';

const nodes: FakeNode[] = [];
const limits = { requestTimeoutMs: 1_000, retryForMs: 300 };

async function start(chain = new FakeChain()): Promise<FakeNode> {
  const node = await chain.node();
  nodes.push(node);
  return node;
}

afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()));
});

describe('RpcClient', () => {
  it.each<Fault>(['garbage', 'truncated', 'hang', 'close', 'http-500', 'wrong-shape'])(
    'asks the next endpoint where one answers with %s, and goes on with that one',
    async (fault) => {
      const [bad, good] = [await start(), await start()];
      const rpc = new RpcClient([bad.url, good.url], limits);
      bad.fault = () => ({ before: fault });
      expect((await rpc.call(statusRequest)).endpoint).toBe(good.url);
      const asked = bad.asked.length;
      expect((await rpc.call(statusRequest)).endpoint).toBe(good.url);
      expect(bad.asked.length).toBe(asked);
    },
  );

  it('repeats a read whose kept connection the node closed meanwhile', async () => {
    const node = await start();
    const rpc = new RpcClient([node.url], { ...limits, retryForMs: 2_000 });
    await rpc.call(statusRequest);
    await node.stop();
    await node.start();
    expect((await rpc.call(statusRequest)).height).toBe(1);
  });

  it('waits for a node that is being restarted', async () => {
    const node = await start();
    const rpc = new RpcClient([node.url], { ...limits, retryForMs: 5_000 });
    await node.stop();
    const status = rpc.call(statusRequest);
    setTimeout(() => void node.start(), 300);
    expect((await status).height).toBe(1);
  });

  it('tells that nothing answers, with every endpoint and the reason', async () => {
    const node = await start();
    const rpc = new RpcClient(['http://127.0.0.1:1', node.url], limits);
    await node.stop();
    const error = await rpc.call(statusRequest).catch((e) => e);
    expect(error).toBeInstanceOf(EndpointUnreachableError);
    expect(error.retryable).toBe(true);
    expect(error.endpoints).toHaveLength(2);
    expect(error.message).toMatch(/ECONNREFUSED|bad port/);
  });

  it('tells what a node that answers garbage said', async () => {
    const node = await start();
    node.fault = () => ({ before: 'garbage' });
    const error = await new RpcClient([node.url], limits).call(statusRequest).catch((e) => e);
    expect(error).toBeInstanceOf(BadResponseError);
    expect(error.message).toContain('<html>502</html>');
  });

  it('refuses an endpoint of another chain, and uses the others', async () => {
    const [other, right] = [await start(new FakeChain('other-1')), await start()];
    const rpc = new RpcClient([other.url, right.url], limits, 'fake-1');
    expect((await rpc.call(statusRequest)).endpoint).toBe(right.url);
    await expect(new RpcClient([other.url], limits, 'fake-1').call(statusRequest)).rejects.toThrow(
      WrongChainError,
    );
  });

  it('passes on what the node refuses, without asking again', async () => {
    const node = await start();
    await expect(new RpcClient([node.url], limits).call(blockRequest(9))).rejects.toThrow(RpcError);
    expect(node.asked.filter((method) => method === 'block')).toHaveLength(1);
  });

  it('finds a block at an endpoint that still has it', async () => {
    const [pruned, archive] = [new FakeChain(), new FakeChain()];
    pruned.pruned = 1;
    pruned.produce();
    const rpc = new RpcClient([(await start(pruned)).url, (await start(archive)).url], limits);
    expect((await rpc.call(blockRequest(1))).height).toBe(1);
  });

  it('ends calls under way when it is closed', async () => {
    const node = await start();
    const rpc = new RpcClient([node.url], { requestTimeoutMs: 60_000, retryForMs: 60_000 });
    node.fault = () => ({ before: 'hang' });
    const call = rpc.call(statusRequest);
    setTimeout(() => rpc.close(), 50);
    await expect(call).rejects.toThrow(ClientClosedError);
  });
});
