import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClientClosedError } from '../errors/index.js';
import type { FakeNode } from '../testing/fake-node.js';
import { HeadWatcher } from './head-watcher.js';
import { RpcClient } from './rpc/rpc-client.js';
import { FakeChain } from './testing/fake-chain.js';

const nodes: FakeNode[] = [];
const clients: RpcClient[] = [];

async function watch(chain: FakeChain, pollMs: number, websocket: boolean) {
  const node = await chain.node();
  nodes.push(node);
  const rpc = new RpcClient([node.url], { requestTimeoutMs: 2_000, retryForMs: 200 });
  clients.push(rpc);
  return { node, rpc, head: new HeadWatcher(rpc, { pollMs, websocket, stillMs: 60_000 }) };
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(nodes.splice(0).map((node) => node.stop()));
});

describe('HeadWatcher', () => {
  it('is woken by the websocket long before it would look', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 60_000, true);
    const next = head.beyond(1);
    await vi.waitFor(() => expect(node.listeners).toBe(1));
    chain.produce();
    expect(await next).toBe(2);
  });

  it('goes on looking when the websocket is lost, and opens another', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 50, true);
    const next = head.beyond(1);
    await vi.waitFor(() => expect(node.listeners).toBe(1));
    node.dropSockets();
    chain.produce();
    expect(await next).toBe(2);
    const third = head.beyond(2);
    await vi.waitFor(() => expect(node.listeners).toBe(1), { timeout: 5_000 });
    chain.produce();
    expect(await third).toBe(3);
  });

  it('goes on looking when the websocket is open and silent', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 50, true);
    const next = head.beyond(1);
    await vi.waitFor(() => expect(node.listeners).toBe(1));
    node.announce = () => {};
    chain.produce();
    expect(await next).toBe(2);
  });

  it('goes on looking when the websocket never opens', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 50, true);
    node.opensSockets = false;
    const next = head.beyond(1);
    await vi.waitFor(() => expect(node.unopened).toBe(1));
    chain.produce();
    expect(await next).toBe(2);
  });

  it('asks another endpoint where one answers and stands still', async () => {
    const [stuck, alive] = [new FakeChain(), new FakeChain()];
    for (const chain of [stuck, alive]) nodes.push(await chain.node());
    const rpc = new RpcClient(
      nodes.map(({ url }) => url),
      { requestTimeoutMs: 2_000, retryForMs: 200 },
    );
    clients.push(rpc);
    const head = new HeadWatcher(rpc, { pollMs: 20, websocket: false, stillMs: 200 });
    alive.produce();
    expect(await head.beyond(1)).toBe(2);
    expect(rpc.preferred).toBe(nodes[1]?.url);
  });

  it('waits through a restart of its node', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 50, true);
    const next = head.beyond(1);
    await node.stop();
    chain.produce();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await node.start();
    expect(await next).toBe(2);
  });

  it('stops asking when nobody waits', async () => {
    const chain = new FakeChain();
    const { node, head } = await watch(chain, 20, false);
    await head.beyond(0);
    const asked = node.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(node.asked.length).toBe(asked);
  });

  it('rejects with the reason of the signal, and when the client is closed', async () => {
    const { rpc, head } = await watch(new FakeChain(), 20, false);
    await expect(head.beyond(5, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    const waiting = head.beyond(5);
    rpc.close();
    await expect(waiting).rejects.toThrow(ClientClosedError);
    await expect(head.beyond(5)).rejects.toThrow(ClientClosedError);
  });
});
