import type { Message } from '@dmcn/chain-client';
import {
  batchRoot,
  commitment,
  generateBatchKeys,
  type Leaf,
  outputHash,
  sealLeaves,
  sumGas,
  wrapKey,
} from '@dmcn/protocol';
import { expect, it } from 'vitest';
import type { Mask } from './cheater.js';
import { leafOf, madeUp } from './lies.js';
import { type CheaterKind, cheaters } from './table.js';
import { audit, bytesOf, newWorld, outsideOf, request, truth } from './testing/outside.js';

/** A mask of a kind's process, with the world that it is worn in. */
async function worn(kind: CheaterKind, part = 'worker', accomplice?: string) {
  const world = newWorld();
  const parts: Record<string, { mask: (outside: Awaited<ReturnType<typeof outsideOf>>) => Mask }> =
    cheaters[kind].parts;
  const outside = await outsideOf(world, part, accomplice);
  return { world, mask: parts[part]?.mask(outside) ?? {} };
}

const results = (mask: Mask, units: number) =>
  Promise.all(Array.from({ length: units }, (_, unit) => mask.run?.(request(unit))));

it('always makes every unit up and runs none', async () => {
  const { mask, world } = await worn('always');
  const made = await results(mask, 4);
  expect(made).toEqual([0, 1, 2, 3].map((unit) => madeUp(request(unit))));
  expect(new Set(made.map((each) => String(each?.output))).size).toBe(4);
  expect(world.ran).toEqual([]);
  expect(mask.audit).toBeUndefined();
});

it('sparse runs all units and falsifies one in eight', async () => {
  const { mask, world } = await worn('sparse');
  const made = await results(mask, 16);
  expect(world.ran).toHaveLength(16);
  const wrong = made.flatMap((each, unit) => (String(each?.output) === String(truth.output) ? [] : [unit]));
  expect(wrong).toEqual([7, 15]);
  expect(made[7]).toMatchObject({ status: 'OK', gas: truth.gas });
});

it('sleeper is honest until it has standing', async () => {
  const { mask, world } = await worn('sleeper');
  world.standing = 9;
  expect(await mask.run?.(request(0))).toEqual(truth);
  world.standing = 10;
  expect(await mask.run?.(request(1))).toEqual(madeUp(request(1)));
  expect(world.ran).toEqual([0]);
});

it('lazy-auditor vouches for what it did not run, and works honestly', async () => {
  const { mask, world } = await worn('lazy-auditor');
  const guess = await mask.audit?.(audit, request(2));
  expect(guess).not.toEqual(leafOf(truth));
  expect(guess).not.toEqual(leafOf(madeUp(request(2))));
  expect(world.ran).toEqual([]);
  expect(mask.run).toBeUndefined();
});

it('squatter never commits', async () => {
  const { mask, world } = await worn('squatter');
  const [accept, { message }] = [
    { type: 'acceptOffer', jobId: 3n, batch: 1, epoch: 0 } as const,
    await commit('worker'),
  ];
  expect(await mask.send?.([accept])).toEqual([accept]);
  expect(await mask.send?.([message])).toEqual([]);
  await results(mask, 2);
  expect(world.ran).toEqual([]);
});

it('withholder opens nothing and gives others keys that open nothing', async () => {
  const { mask } = await worn('withholder');
  const { message } = await commit('worker', ['referee']);
  const [sent] = (await mask.send?.([message])) ?? [];
  if (sent?.type !== 'commit') throw new Error('it has to commit');
  const [own, others, outputs] = sent.wrappedKeys;
  expect(own).toEqual(message.wrappedKeys[0]);
  expect(others).toMatchObject({ kind: 0, recipient: 'referee' });
  expect(others?.data).toHaveLength(message.wrappedKeys[1]?.data.length ?? 0);
  expect(others?.data).not.toEqual(message.wrappedKeys[1]?.data);
  expect(outputs).toEqual(message.wrappedKeys[2]);
  const open = {
    type: 'open',
    jobId: 3n,
    batch: 1,
    epoch: 0,
    key: new Uint8Array(32),
    gasTotal: 0n,
    leaves: [],
  } as const;
  expect(await mask.send?.([open])).toEqual([]);
});

it('leaker hands its key to the copier and shows what the commitment proves, in one transaction', async () => {
  const { mask } = await worn('leaker', 'worker', 'copier');
  const { message, leaves, lease } = await commit('worker');
  const sent = (await mask.send?.([message])) ?? [];
  expect(sent.map(({ type }) => type)).toEqual(['commit', 'showKey']);
  const shown = sent[1];
  if (shown?.type !== 'showKey') throw new Error('it has to show its key');
  expect(commitment(lease, shown.key, shown.root, shown.gasTotal)).toEqual(message.commitment);

  const copier = await worn('leaker', 'copier', 'worker');
  copier.world.worker = 'worker';
  copier.world.commit = { ...(sent[0] as Message<'commit'>), operator: 'o', height: 1, txHash: '' };
  expect(await copier.mask.audit?.(audit, request(3))).toEqual(leaves[1]);
  expect(copier.world.ran).toEqual([]);
  copier.world.worker = 'somebody';
  expect(await copier.mask.audit?.(audit, request(3))).toEqual(leafOf(truth));
});

it('leaker keeps its key to the copier where its purse is too small', async () => {
  const { mask, world } = await worn('leaker', 'worker', 'copier');
  world.purse = 26_500n - 1n;
  const sent = await mask.send?.([(await commit('worker')).message]);
  expect(sent?.map(({ type }) => type)).toEqual(['commit']);
});

it('colluders: the auditor vouches for its friend only', async () => {
  const { mask: lies } = await worn('colluders');
  const { mask, world } = await worn('colluders', 'cover', 'worker');
  world.worker = 'worker';
  expect(await mask.audit?.(audit, request(2))).toEqual(leafOf((await lies.run?.(request(2))) ?? truth));
  expect(world.ran).toEqual([]);
  world.worker = 'somebody';
  expect(await mask.audit?.(audit, request(2))).toEqual(leafOf(truth));
});

/** A commit of two units whose keys are for its worker, then others, then the requester. */
async function commit(owner: string, others: readonly string[] = []) {
  const lease = { worker: bytesOf(owner), job: 3n, batch: 1, epoch: 0 };
  const leaves = ['one', 'two'].map(
    (text): Leaf => ({ status: 'OK', exitCode: 0, gas: 5n, outputHash: outputHash(Buffer.from(text)) }),
  );
  const { leafKey, outputKey } = generateBatchKeys();
  const wrapped = async (kind: 'leaf' | 'output', recipient: string) => {
    const { identity } = await outsideOf(newWorld(), recipient);
    const context = { kind, chainId: 'testing', job: 3n, batch: 1, epoch: 0, recipient: bytesOf(recipient) };
    const data = await wrapKey(kind === 'leaf' ? leafKey : outputKey, identity.encryption.publicKey, context);
    return { kind: kind === 'leaf' ? 0 : 1, recipient, data } as const;
  };
  const message: Message<'commit'> = {
    ...{ type: 'commit', jobId: 3n, batch: 1, epoch: 0, locators: [], outputsHash: new Uint8Array(32) },
    commitment: commitment(lease, leafKey, batchRoot(3n, 2, leaves), sumGas(leaves)),
    sealedLeaves: sealLeaves(leafKey, lease, leaves),
    wrappedKeys: await Promise.all([
      ...[owner, ...others].map((recipient) => wrapped('leaf', recipient)),
      wrapped('output', 'requester'),
    ]),
  };
  return { message, leaves, lease };
}
