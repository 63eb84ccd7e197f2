import type { Message, Signer } from '@dmcn/chain-client';
import type { WorkerPorts } from '@dmcn/worker';
import { expect, it } from 'vitest';
import { disguised } from './lead.js';
import { newWorld, outsideOf, request } from './testing/outside.js';

const lease = { jobId: 3n, batch: 1, epoch: 0 };
const accept: Message = { type: 'acceptOffer', ...lease };
const open: Message = { type: 'open', ...lease, key: new Uint8Array(32), gasTotal: 0n, leaves: [] };
const signer = { address: 'operator' } as Signer;

async function world() {
  const made = newWorld();
  const { ports } = await outsideOf(made, 'worker');
  return { made, ports: ports as WorkerPorts };
}

it('changes nothing of a worker behind an empty mask but its audits, which are done beside it', async () => {
  const { made, ports } = await world();
  const { chain, executor } = disguised(ports, {});
  await chain.submit([accept], { signer });
  expect(made.sent).toEqual([accept]);
  expect(executor).toBe(ports.executor);
  expect((await ports.chain.auditorAudits({ auditor: 'worker' })).items).toHaveLength(1);
  expect((await chain.auditorAudits({ auditor: 'worker' })).items).toEqual([]);
});

it('sends what the mask says', async () => {
  const { made, ports } = await world();
  const { chain } = disguised(ports, { send: async () => [open, accept] });
  await chain.submit([accept], { signer });
  expect(made.sent).toEqual([open, accept]);
});

it('never shows the input of a disputed unit', async () => {
  const { made, ports } = await world();
  const proof = { total: 1n, index: 0n, aunts: [] };
  const input: Message = { type: 'postInput', ...lease, unit: 2, input: new Uint8Array(), proof };
  const { chain } = disguised(ports, {});
  const end = new AbortController();
  const sending = chain.submit([input], { signer, signal: end.signal });
  end.abort(new Error('the end'));
  await expect(sending).rejects.toThrow('the end');
  expect(made.sent).toEqual([]);
});

it('keeps quiet about a message that is not sent, until it is told to end', async () => {
  const { made, ports } = await world();
  const { chain } = disguised(ports, { send: async () => [] });
  const end = new AbortController();
  let settled = false;
  const sending = chain.submit([open], { signer, signal: end.signal }).finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(settled).toBe(false);
  end.abort(new Error('the end'));
  await expect(sending).rejects.toThrow('the end');
  await expect(chain.submit([open], { signer, signal: end.signal })).rejects.toThrow('the end');
  expect(made.sent).toEqual([]);
});

it('runs units as the mask does', async () => {
  const { made, ports } = await world();
  const { executor } = disguised(ports, {
    run: async () => {
      throw new Error('not me');
    },
  });
  await expect(executor.run(request(1))).rejects.toThrow('not me');
  expect(made.ran).toEqual([]);
});
