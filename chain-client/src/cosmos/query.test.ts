import { afterEach, describe, expect, it } from 'vitest';
import { BatchPrunedError, found, NotFoundError } from '../errors/index.js';
import { FakeNode } from '../testing/fake-node.js';
import { connectCosmos } from './connect.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A client of a node that answers every query with an error. */
async function refusedBy(code: number, log: string) {
  const sync = { latest_block_height: '9', latest_block_time: new Date().toISOString(), catching_up: false };
  const node = await new FakeNode({
    status: () => ({
      node_info: { network: 'fake-1' },
      sync_info: { ...sync, earliest_block_height: '1' },
    }),
    abci_query: () => ({ response: { code, codespace: 'sdk', log, value: null, height: '9' } }),
  }).start();
  const client = await connectCosmos({ endpoints: [node.url], chainId: 'fake-1' });
  ends.push(
    () => node.stop(),
    () => client.close(),
  );
  return client;
}

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
});
