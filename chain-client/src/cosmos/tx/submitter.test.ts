import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BroadcastTimeoutError,
  ChainRejectedError,
  InvalidMessageError,
  TransactionExpiredError,
} from '../../errors/index.js';
import type { ChainClient } from '../../port/chain-client.js';
import type { SignedTx, SubmitOptions } from '../../port/writer.js';
import type { FakeNode } from '../../testing/fake-node.js';
import { addressFromBytes } from '../address.js';
import { connectCosmos } from '../connect.js';
import { secp256k1Signer } from '../keys/signer.js';
import type { CosmosOptions } from '../options.js';
import { FakeChain } from '../testing/fake-chain.js';

const signer = secp256k1Signer(new Uint8Array(32).fill(1));
const to = addressFromBytes(new Uint8Array(20).fill(2));
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function setUp({
  nodes = 1,
  blockMs = 50,
  ...options
}: Partial<CosmosOptions> & { nodes?: number; blockMs?: number } = {}) {
  const chain = new FakeChain();
  const started: FakeNode[] = [];
  for (let i = 0; i < nodes; i += 1) started.push(await chain.node());
  const client = await connectCosmos({
    endpoints: started.map(({ url }) => url),
    pollMs: 20,
    requestTimeoutMs: 2_000,
    chainId: chain.chainId,
    ...options,
  });
  if (blockMs > 0) ends.push(chain.run(blockMs));
  ends.push(...started.map((node) => () => node.stop()), () => client.close());
  const [node] = started;
  if (!node) throw new Error('no node');
  return { chain, client, node, nodes: started };
}

const send = (client: ChainClient, amount: bigint, options: Partial<SubmitOptions> = {}) =>
  client.send({ to, amount }, { signer, timeoutMs: 10_000, ...options });

describe('submit', () => {
  it('resolves with the receipt once the transaction is in a block', async () => {
    const { chain, client } = await setUp();
    const receipt = await send(client, 5n);
    expect(chain.executed).toEqual(['5']);
    expect(receipt).toMatchObject({ gasUsed: 70_000n, fee: 130n, events: [] });
    expect(await client.transaction(receipt.hash)).toMatchObject({ code: 0, height: receipt.height });
  });

  it('executes 500 concurrent transactions of one key once each, through restarts that lose the mempool', async () => {
    const { chain, client, node, nodes } = await setUp({ nodes: 2, inFlight: 256 });
    const amounts = Array.from({ length: 500 }, (_, i) => BigInt(i + 1));
    const all = Promise.all(amounts.map((amount) => send(client, amount, { timeoutMs: 60_000 })));
    for (const victim of [node, nodes[1] ?? node]) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      chain.forget(victim);
      await victim.stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await victim.start();
    }
    const receipts = await all;
    expect(new Set(receipts.map(({ hash }) => hash)).size).toBe(500);
    expect(chain.executed.map(Number).sort((a, b) => a - b)).toEqual(amounts.map(Number));
  }, 60_000);

  it('costs what was quoted when it takes the gas that was quoted', async () => {
    const { chain, client } = await setUp();
    const { gasLimit, fee } = await client.quote([{ type: 'send', to, amount: 5n }], { signer });
    expect(chain.executed).toEqual([]);
    expect(await send(client, 5n, { gasLimit })).toMatchObject({ fee });
  });

  it('finds a transaction that is included late', async () => {
    const { chain, client } = await setUp({ blockMs: 0 });
    const sent = send(client, 5n);
    await vi.waitFor(() => expect(chain.waiting).toBe(1));
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setTimeout(resolve, 200));
    chain.produce();
    expect((await sent).height).toBe(2);
  });

  it.each(['close', 'hang', 'garbage', 'truncated', 'wrong-shape', 'http-500'] as const)(
    'does not double a transaction whose broadcast was answered with %s',
    async (fault) => {
      const { chain, client, node } = await setUp();
      let lost = 0;
      node.fault = (method) => {
        if (method !== 'broadcast_tx_sync' || lost > 0) return {};
        lost += 1;
        return { after: fault };
      };
      await send(client, 5n);
      expect(chain.executed).toEqual(['5']);
    },
  );

  it('broadcasts the same bytes again when the node forgot them', async () => {
    const { chain, client, node } = await setUp({ blockMs: 0 });
    const signed: SignedTx[] = [];
    const sent = send(client, 5n, { timeoutMs: 20_000, onSigned: (tx) => void signed.push(tx) });
    await vi.waitFor(() => expect(chain.waiting).toBe(1));
    chain.forget(node);
    await vi.waitFor(() => expect(chain.waiting).toBe(1), { timeout: 8_000 });
    chain.produce();
    expect((await sent).hash).toBe(signed[0]?.hash);
    expect(signed).toHaveLength(1);
  }, 15_000);

  it('gets into a block past a node that takes everything and passes on nothing', async () => {
    const { chain, client, node } = await setUp({ nodes: 2 });
    const forgetting = setInterval(() => chain.forget(node), 1);
    ends.push(() => clearInterval(forgetting));
    const signed: SignedTx[] = [];
    const { hash } = await send(client, 5n, { onSigned: (tx) => void signed.push(tx), timeoutMs: 20_000 });
    expect(node.asked).toContain('broadcast_tx_sync');
    expect(signed.map((tx) => tx.hash)).toEqual([hash]);
    expect(chain.executed).toEqual(['5']);
  }, 30_000);

  it('says unknown, and nothing happened, where the only node takes everything and passes on nothing', async () => {
    const { chain, client, node } = await setUp();
    const forgetting = setInterval(() => chain.forget(node), 1);
    ends.push(() => clearInterval(forgetting));
    await expect(send(client, 5n, { timeoutMs: 1_000 })).rejects.toThrow(BroadcastTimeoutError);
    expect(chain.executed).toEqual([]);
  });

  it('loses nothing while a node answers in every wrong way now and then', async () => {
    const { chain, client, node } = await setUp({ requestTimeoutMs: 200, blockMs: 200 });
    const faults = ['garbage', 'truncated', 'close', 'http-500', 'wrong-shape', 'hang'] as const;
    let asked = 0;
    node.fault = () => {
      asked += 1;
      const fault = asked % 7 === 0 ? faults[(asked / 7) % faults.length] : undefined;
      if (!fault) return {};
      return asked % 2 === 0 ? { before: fault } : { after: fault };
    };
    const amounts = Array.from({ length: 40 }, (_, i) => BigInt(i + 1));
    await Promise.all(amounts.map((amount) => send(client, amount, { timeoutMs: 25_000 })));
    expect(chain.executed.map(Number).sort((a, b) => a - b)).toEqual(amounts.map(Number));
  }, 30_000);

  it('makes a transaction anew once its time is over for sure', async () => {
    const { chain, client, node } = await setUp({ lifetimeMs: 300 });
    const signed: SignedTx[] = [];
    node.fault = (method) =>
      method === 'broadcast_tx_sync' && signed.length === 1 ? { before: 'close' } : {};
    await send(client, 5n, { onSigned: (tx) => void signed.push(tx) });
    expect(signed.length).toBe(2);
    expect(chain.executed).toEqual(['5']);
  });

  it('says unknown, not failed, when patience ends first, and goes on later', async () => {
    const { chain, client } = await setUp({ blockMs: 0 });
    let signed: SignedTx | undefined;
    const error = await send(client, 5n, {
      timeoutMs: 500,
      onSigned: (tx) => {
        signed = tx;
      },
    }).catch((e) => e);
    expect(error).toBeInstanceOf(BroadcastTimeoutError);
    expect(error.hash).toBe(signed?.hash);
    if (!signed) throw new Error('not signed');
    const resumed = client.resume(signed);
    chain.produce();
    expect((await resumed).hash).toBe(error.hash);
    expect(chain.executed).toEqual(['5']);
  });

  it('resumes after a restart without doing it twice, and tells when it never happened', async () => {
    const { chain, client } = await setUp({ lifetimeMs: 1_000 });
    let signed: SignedTx | undefined;
    const receipt = await send(client, 5n, {
      onSigned: (tx) => {
        signed = tx;
      },
    });
    if (!signed) throw new Error('not signed');
    expect((await client.resume(signed)).height).toBe(receipt.height);
    const never = { ...signed, hash: 'AB', bytes: signed.bytes.slice(), since: receipt.height };
    await expect(client.resume(never)).rejects.toThrow(TransactionExpiredError);
    expect(chain.executed).toEqual(['5']);
  });

  it('names what the chain refuses in a simulation, before anything is broadcast', async () => {
    const { chain, client, node } = await setUp();
    chain.simulate = () => ({ code: 14, codespace: 'task', log: 'unknown job' });
    const error = await send(client, 5n).catch((e) => e);
    expect(error).toBeInstanceOf(ChainRejectedError);
    expect(error).toMatchObject({ reason: 'UnknownJob', codespace: 'task', code: 14, retryable: false });
    expect(node.asked).not.toContain('broadcast_tx_sync');
  });

  it('names what the chain refuses before a block and in a block', async () => {
    const { chain, client } = await setUp();
    chain.check = () => ({ code: 5, codespace: 'sdk', log: 'spendable balance 0udmc is smaller' });
    await expect(send(client, 5n)).rejects.toMatchObject({ reason: 'InsufficientFunds', height: undefined });
    chain.check = () => ({ code: 0 });
    chain.execute = () => ({
      code: 18,
      codespace: 'task',
      log: 'wrong epoch',
      events: [{ type: 'tx', attributes: [] }],
    });
    const error = await send(client, 5n).catch((e) => e);
    expect(error).toMatchObject({ reason: 'WrongEpoch', height: expect.any(Number) });
    chain.execute = () => ({
      code: 99,
      codespace: 'new',
      log: '?',
      events: [{ type: 'tx', attributes: [] }],
    });
    await expect(send(client, 5n)).rejects.toMatchObject({ reason: 'Unknown' });
  });

  it('gives more gas to what ran out of it', async () => {
    const { chain, client } = await setUp();
    chain.execute = (_, gas) =>
      gas < 200_000n
        ? { code: 11, codespace: 'sdk', log: 'out of gas', events: [{ type: 'tx', attributes: [] }] }
        : { code: 0, gas_used: '1' };
    const { fee } = await send(client, 5n);
    expect(fee).toBe(130n + 260n);
    expect(chain.executed).toEqual(['5']);
  });

  it('waits for the first block of a node that was just started, and until then refuses every expiry', async () => {
    const { chain, client } = await setUp();
    const clockless = { code: 18, codespace: 'sdk', log: 'unordered tx ttl exceeds 10m0s: invalid request' };
    let [simulations, checks] = [2, 2];
    chain.simulate = () => {
      simulations -= 1;
      return simulations >= 0 ? clockless : { code: 0, gas_used: '70000' };
    };
    chain.check = () => {
      checks -= 1;
      return checks >= 0 ? clockless : { code: 0 };
    };
    await send(client, 5n);
    expect(chain.executed).toEqual(['5']);
  });

  it('waits while the mempool is full', async () => {
    const { chain, client } = await setUp();
    let full = 2;
    chain.check = () => {
      full -= 1;
      return full >= 0 ? { code: 20, codespace: 'sdk', log: 'mempool is full' } : { code: 0 };
    };
    await send(client, 5n);
    expect(chain.executed).toEqual(['5']);
  });

  it('lives with a chain whose clock differs', async () => {
    for (const clockOffsetMs of [-300_000, 300_000]) {
      const { chain, client } = await setUp();
      chain.clockOffsetMs = clockOffsetMs;
      chain.produce();
      await send(client, 5n);
      expect(chain.executed).toEqual(['5']);
    }
  });

  it('refuses nothing to do, and what is too large', async () => {
    const { client } = await setUp();
    await expect(client.submit([], { signer })).rejects.toThrow(InvalidMessageError);
    const output = new Uint8Array(800_000);
    const leaf = { unit: 0, status: 0, exitCode: 0, gas: 0n, outputHash: output.slice(0, 32) };
    const proof = { total: 1n, index: 0n, aunts: [] };
    const post = client.postOutput({ jobId: 1n, batch: 0, epoch: 0, leaf, proof, output }, { signer });
    await expect(post).rejects.toThrow(InvalidMessageError);
  });

  it('ends with the signal: nothing broadcast is nothing done', async () => {
    const { client, chain } = await setUp();
    await expect(send(client, 5n, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    expect(chain.executed).toEqual([]);
  });
});
