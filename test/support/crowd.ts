import { setTimeout as sleep } from 'node:timers/promises';
import { createWallet } from '@dmcn/chain-client/cosmos';
import { expect } from 'vitest';
import type { ChainNode } from './chain-node.js';
import type { Network } from './network.js';

/** How many submissions go out at once, and how long after each other the node is killed, in milliseconds. */
export interface CrowdOptions {
  readonly submissions: number;
  readonly killAfter: readonly number[];
}

/**
 * Submits many transactions of one key at once, each with an amount of its own, while the node is killed with -9 and
 * started again; then reads all blocks and balances: every amount arrived exactly once, and no submission failed. Each
 * kill has to find some of them under way.
 */
export async function crowdThroughRestarts(
  node: ChainNode,
  { chain, ledger, requester }: Network,
  { submissions, killAfter }: CrowdOptions,
): Promise<void> {
  const { address: to } = await createWallet().signer();
  const from = await ledger.height();
  const before = await ledger.balance(requester.address, from);
  const amounts = Array.from({ length: submissions }, (_, i) => BigInt(i + 1));
  let settled = 0;
  const sent = amounts.map((amount) =>
    chain.send({ to, amount }, { signer: requester.signer, timeoutMs: 240_000 }).finally(() => {
      settled += 1;
    }),
  );
  const all = Promise.all(sent);
  all.catch(() => {});
  for (const pause of killAfter) {
    await sleep(pause);
    expect(settled, 'submissions that were over when the node was killed').toBeLessThan(submissions);
    await node.kill();
    await node.start();
  }
  const receipts = await all;
  const height = await ledger.height();
  expect(new Set(receipts.map(({ hash }) => hash)).size).toBe(submissions);
  const arrived = (await ledger.transfers(from, height)).filter(({ recipient }) => recipient === to);
  const inOrder = arrived.map(({ amount }) => amount).toSorted((one, other) => Number(one - other));
  expect(inOrder).toEqual(amounts);
  const sum = amounts.reduce((total, amount) => total + amount);
  expect(await ledger.balance(to, height)).toBe(sum);
  const fees = await ledger.fees(requester.address, from, height);
  expect(fees).toBe(receipts.reduce((total, { fee }) => total + fee, 0n));
  expect(await ledger.balance(requester.address, height)).toBe(before - sum - fees);
}
