import { setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '@dmcn/chain-client';
import { createWallet } from '@dmcn/chain-client/cosmos';
import { afterAll, beforeAll, expect } from 'vitest';
import { ChainNode } from './chain-node.js';
import { Network } from './network.js';
import { sum } from './sum.js';

/** How many submissions go out at once, and how long after them the node is killed, in milliseconds, once for each crowd. */
export interface CrowdOptions {
  readonly submissions: number;
  readonly killAfter: readonly number[];
}

/** A node that the tests of a suite have to themselves; returns `crowdThroughRestarts` of it. */
export function onNodeOfItsOwn(): (options: CrowdOptions) => Promise<void> {
  let node: ChainNode;
  let network: Network;
  beforeAll(async () => {
    node = await ChainNode.init('500ms');
    await node.start();
    network = await Network.open(node.document);
  });
  afterAll(async () => {
    network?.close();
    await node?.kill();
  });
  return (options) => crowdThroughRestarts(node, network, options);
}

/**
 * Submits crowds of transactions of one key at once, each with an amount of its own. The node is killed with -9 while a
 * crowd is under way, at the latest when a tenth of it is over, and started again; then all blocks and balances are read:
 * every amount arrived exactly once, and no submission failed.
 */
async function crowdThroughRestarts(
  node: ChainNode,
  { chain, ledger, requester }: Network,
  { submissions, killAfter }: CrowdOptions,
): Promise<void> {
  const { address: to } = await createWallet().signer();
  const from = await ledger.height();
  const before = await ledger.balance(requester.address, from);
  const sent: Promise<Receipt>[] = [];
  for (const pause of killAfter) {
    const crowd = Array.from({ length: submissions }, (_, i) =>
      chain.send(
        { to, amount: BigInt(sent.length + i + 1) },
        { signer: requester.signer, timeoutMs: 240_000 },
      ),
    );
    sent.push(...crowd);
    const over = await underWay(crowd, pause);
    expect(over, 'submissions that were over when the node was killed').toBeLessThan(submissions);
    await node.kill();
    await node.start();
  }
  const receipts = await Promise.all(sent);
  const height = await ledger.height();
  expect(new Set(receipts.map(({ hash }) => hash)).size).toBe(sent.length);
  const arrived = (await ledger.transfers(from, height)).filter(({ recipient }) => recipient === to);
  const inOrder = arrived.map(({ amount }) => amount).toSorted((one, other) => Number(one - other));
  expect(inOrder).toEqual(sent.map((_, i) => BigInt(i + 1)));
  const moved = sum(inOrder);
  expect(await ledger.balance(to, height)).toBe(moved);
  const fees = await ledger.fees(requester.address, from, height);
  expect(fees).toBe(sum(receipts.map(({ fee }) => fee)));
  expect(await ledger.balance(requester.address, height)).toBe(before - moved - fees);
}

/** Waits for a time, or until a tenth of a crowd is over; returns how many are over. */
async function underWay(crowd: readonly Promise<unknown>[], pauseMs: number): Promise<number> {
  let over = 0;
  const tenth = new Promise<void>((resolve) => {
    const count = () => {
      over += 1;
      if (over >= crowd.length / 10) resolve();
    };
    for (const one of crowd) one.then(count, count);
  });
  await Promise.race([sleep(pauseMs), tenth]);
  return over;
}
