import { QuerySupplyOfResponse } from 'cosmjs-types/cosmos/bank/v1beta1/query';
import { afterEach, describe, expect, it } from 'vitest';
import { BatchPrunedError, found, NotFoundError, StateUnavailableError } from '../errors/index.js';
import { FakeNode } from '../testing/fake-node.js';
import { connectCosmos } from './connect.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A node that answers every query with the same thing. */
async function nodeThat(answers: {
  readonly code: number;
  readonly log: string;
  readonly value: string | null;
}) {
  const sync = { latest_block_height: '9', latest_block_time: new Date().toISOString(), catching_up: false };
  const node = await new FakeNode({
    status: () => ({
      node_info: { network: 'fake-1' },
      sync_info: { ...sync, earliest_block_height: '1' },
    }),
    abci_query: () => ({ response: { codespace: 'sdk', height: '9', ...answers } }),
  }).start();
  ends.push(() => node.stop());
  return node;
}

async function clientOf(...nodes: readonly FakeNode[]) {
  const client = await connectCosmos({ endpoints: nodes.map(({ url }) => url), chainId: 'fake-1' });
  ends.push(() => client.close());
  return client;
}

const refusedBy = async (code: number, log: string) => clientOf(await nodeThat({ code, log, value: null }));

describe('query', () => {
  const id = { jobId: 7n, batch: 2 };

  it('tells that a batch was pruned, and when', async () => {
    const said = 'job 7 ended at height 50 and its first 4 batches left the state until height 250: history';
    const log = `rpc error: code = NotFound desc = ${said}: the batch was pruned: key not found`;
    const client = await refusedBy(22, log);
    const error = await client.batch(id).catch((reason) => reason);
    expect(error).toBeInstanceOf(BatchPrunedError);
    expect(error).toMatchObject({ what: 'batch', id: '7/2', message: `batch 7/2 is pruned: ${said}` });
    expect(await found(client.batch(id))).toBeUndefined();
  });

  it('tells it from one that never was', async () => {
    const log =
      'rpc error: code = NotFound desc = job 7 batch 2 was never drawn: unknown batch: key not found';
    const client = await refusedBy(22, log);
    const error = await client.batch(id).catch((reason) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).not.toBeInstanceOf(BatchPrunedError);
  });

  describe('of a past block', () => {
    const absent = (latest: number) =>
      `failed to load state at height 5; version mismatch on immutable IAVL tree; version does not exist. Version has either been pruned, or is for a future block height (latest height: ${latest}): not found`;
    const log = absent(9);
    const pruned = () => nodeThat({ code: 18, log, value: null });
    const supply = QuerySupplyOfResponse.encode({ amount: { denom: 'udmc', amount: '70' } }).finish();
    const archive = () => nodeThat({ code: 0, log: '', value: Buffer.from(supply).toString('base64') });

    it('is answered by a node that has its state, where the first one dropped it', async () => {
      const client = await clientOf(await pruned(), await archive());
      expect(await client.at(5).supply()).toBe(70n);
    });

    it('tells that no node has its state any more', async () => {
      const client = await clientOf(await pruned(), await pruned());
      const error = await client
        .at(5)
        .supply()
        .catch((reason) => reason);
      expect(error).toBeInstanceOf(StateUnavailableError);
      expect(error).toMatchObject({ height: 5, retryable: false, log });
      expect(error.message).toMatch(/keeps no state of block 5 any more .*; ask a node that keeps more/);
    });

    it.each([
      absent(4),
      'cannot query with height in the future; please provide a valid height: invalid height',
    ])('tells that no node has it yet: %s', async (log) => {
      const client = await clientOf(await nodeThat({ code: 18, log, value: null }));
      const error = await client
        .at(5)
        .supply()
        .catch((reason) => reason);
      expect(error).toMatchObject({ height: 5, retryable: true });
      expect(error.message).toMatch(/has no state of block 5 yet/);
    });
  });
});
