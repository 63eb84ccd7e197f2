import { join } from 'node:path';
import { everyPage, type Worker } from '@dmcn/chain-client';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, newDirectory, startDevnet } from '../support/devnet.js';
import { fails } from '../support/dmcn.js';
import { Governance } from '../support/governance.js';
import { LyingNode } from '../support/lying-node.js';
import { Network } from '../support/network.js';
import { digits, inputDirectory } from '../support/programs.js';
import { until } from '../support/until.js';

interface StateVerification {
  readonly height: number;
  readonly compared: Readonly<Record<string, number>>;
  readonly differences: readonly object[];
}

/** What waits for an audit, a verdict or a vote is shorter than on a devnet; what was lost or kept back is there for longer. */
const PARAMS = {
  task: { open_blocks: '12', data_blocks: '12', withheld_blocks: '2000' },
  worker: { slash_hold_blocks: '2000' },
  gov: { voting_period: '8s', expedited_voting_period: '4s' },
};
const AUTHORITY = 'dmcn10d07y265gmmuvt4z0w9aw880jnsr700j77e3dg';
/** Of what the network has to have something before it is believed. */
const wanted = ['audit', 'selection', 'slash', 'withheld epoch', 'proposal', 'parameters'];

describe.sequential('dmcn indexer verify beside a network in which all goes wrong', () => {
  let devnet: Devnet;
  let network: Network;
  let node: LyingNode;
  let db: string;
  beforeAll(async () => {
    const cheaters = ['always', 'withholder', 'lazy-auditor'];
    devnet = await startDevnet({ workers: 2, cheaters, blockTime: '500ms', params: PARAMS });
    network = await Network.open(devnet.document);
    node = await LyingNode.before(devnet.document.rpc[0]);
    db = join(devnet.document.home, 'indexer0.db');
  });
  afterAll(async () => {
    node?.stop();
    network?.close();
    await devnet?.stop();
  });

  const quick = (file = db, ...nodes: readonly string[]) =>
    network.json<{ state: StateVerification }>(
      ...['indexer', 'verify', '--quick', '--db', file],
      ...nodes.flatMap((url) => ['--node', url]),
    );

  it('finds the chain’s own answers in the index at every moment', async () => {
    const inputs = await inputDirectory(digitsInputs({ units: 12, imagesPerUnit: 1 }));
    const flags = ['--module', digits, '--input-dir', inputs, '--batch-size', 2, '--audit-rate', 1];
    const submit = () => network.json('job', 'submit', ...flags);
    await submit();
    const governance = new Governance(network);
    const params = { ...(await governance.params('worker')), missed_limit: 4 };
    const update = { '@type': '/dmcn.worker.v1.MsgUpdateParams', authority: AUTHORITY, params };
    await governance.pass('more patience', [update]);
    await submit();
    const seen = new Set<string>();
    let looks = 0;
    await until(
      'everything to have gone wrong once',
      async () => {
        const { state } = await quick();
        expect(state.differences, `at block ${state.height}`).toEqual([]);
        for (const [what, count] of Object.entries(state.compared)) if (count > 0) seen.add(what);
        looks += 1;
        if (looks % 8 === 0) await submit();
        return wanted.every((what) => seen.has(what)) && (await statuses()).includes('Jailed');
      },
      200,
    );
    expect(looks).toBeGreaterThan(0);
  });

  const statuses = async (): Promise<readonly Worker['status'][]> =>
    (await everyPage((page) => network.chain.workers(page))).map(({ status }) => status);

  it('finds every row in a rebuild', async () => {
    const { differing, state } = await network.json<{ differing: string[]; state: StateVerification }>(
      ...['indexer', 'verify', '--db', db],
    );
    expect([differing, state.differences]).toEqual([[], []]);
  });

  it('asks a node that has the state of an index that stayed behind, and says so where none has', async () => {
    const copy = join(await newDirectory(), 'copy.db');
    await network.json('indexer', 'backup', '--db', db, '--to', copy);
    const { height } = (await quick(copy)).state;
    await until('the chain to go on', async () => (await network.chain.status()).height > height + 3);
    node.lies = {
      abci_query: ({ response }) => {
        response.code = 18;
        response.log = `failed to load state at height ${height}; version does not exist. Version has either been pruned, or is for a future block height (latest height: ${height + 99})`;
      },
    };
    await fails(
      network.at('indexer', 'verify', '--quick', '--db', copy, '--node', node.url),
      new RegExp(`keeps no state of block ${height} any more .*; ask a node that keeps more states`),
    );
    const { state } = await quick(copy, node.url, devnet.document.rpc[0]);
    expect([state.height, state.differences]).toEqual([height, []]);
  });
});
