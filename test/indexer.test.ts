import { randomInt } from 'node:crypto';
import { copyFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import { fails } from './support/dmcn.js';
import type { Manifest } from './support/documents.js';
import { type Lies, LyingNode } from './support/lying-node.js';
import { Network } from './support/network.js';
import { start } from './support/process.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';

interface Verification {
  readonly height: number;
  readonly digests: Readonly<Record<string, string>>;
  readonly rebuilt: Readonly<Record<string, string>>;
  readonly differing: readonly string[];
}

const KILLS = 8;

describe.sequential('dmcn indexer', () => {
  let network: Network;
  let node: LyingNode;
  let folder: string;
  let db: string;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    node = await LyingNode.before(network.devnet.rpc[0]);
    folder = await newDirectory();
    db = join(folder, 'index.db');
  });
  afterAll(() => {
    node.stop();
    network.close();
  });

  beforeEach(() => {
    node.lies = {};
  });

  const command = (verb: string, file = db) => ['indexer', verb, '--db', file, '--node', node.url];
  const verify = () => network.json<Verification>(...command('verify'));

  it('killed with -9 again and again while a job runs, has the rows of a rebuild', async () => {
    const flags = ['--input-dir', await inputDirectory(digitsInputs({ units: 12, imagesPerUnit: 4 }))];
    const where = ['--batch-size', '2', '--output', join(folder, 'results')];
    const job = network.json<Manifest>('job', 'run', '--module', digits, ...flags, ...where);
    for (let kills = 0; kills < KILLS; kills += 1) {
      const indexer = start(command('start'));
      await indexer.says(/indexing/);
      await sleep(randomInt(1_000));
      indexer.kill('SIGKILL');
      expect((await indexer.ended).code).toBeNull();
    }
    const { jobId } = await job;
    const { settledHeight } = await network.chain.job(BigInt(jobId));
    const indexer = start(command('start'));
    await until('the job to be indexed', async () => (await verify()).height >= settledHeight);
    await fails(command('start'), /another indexer writes .*index\.db; stop it/);
    indexer.kill('SIGINT');
    expect((await indexer.ended).code).toBe(0);
    const { digests, rebuilt, differing } = await verify();
    expect(differing).toEqual([]);
    expect(digests).toEqual(rebuilt);
    expect(Object.keys(digests)).toContain('payments');
  });

  const refused: readonly (readonly [string, Lies, RegExp])[] = [
    [
      'of another chain',
      {
        status: ({ node_info }) => {
          node_info.network = 'other-1';
        },
      },
      /the index is of chain dmcn-devnet-1, but the node is of chain other-1/,
    ],
    [
      'whose chain was started afresh',
      {
        block: ({ block_id }) => {
          block_id.hash = `AA${block_id.hash.slice(2)}`;
        },
      },
      /block \d+ is [0-9A-F]{64} in the index, but AA[0-9A-F]+ on the node's chain/,
    ],
    [
      'whose next block has another parent',
      {
        block: ({ block }) => {
          block.header.last_block_id.hash = 'BB';
        },
      },
      /block \d+ is [0-9A-F]{64} in the index, but BB on the node's chain/,
    ],
  ];
  it.each(refused)('refuses a node %s', async (_, lies, says) => {
    node.lies = lies;
    await fails(command('start'), says);
  });

  it('refuses a node that dropped the blocks that it needs', async () => {
    const gone = () => {
      throw new Error('height 1 is not available, lowest height is 5');
    };
    node.lies = {
      block: gone,
      block_results: gone,
      status: ({ sync_info }) => {
        sync_info.earliest_block_height = '5';
      },
    };
    const file = join(folder, 'new.db');
    await fails(command('start', file), /block 1 is next, but the node keeps blocks from 5 on only/);
  });

  it('refuses files that are no index', async () => {
    await writeFile(join(folder, 'rubbish.db'), 'rubbish '.repeat(1_000));
    await fails(command('start', join(folder, 'rubbish.db')), /rubbish\.db is damaged; delete it/);
    await fails(command('start', join(folder, 'nowhere', 'index.db')), /cannot be opened for writing/);
    await fails(command('verify', join(folder, 'none.db')), /there is no index at .*none\.db yet/);
    await copyFile(db, join(folder, 'short.db'));
    await truncate(join(folder, 'short.db'), 20_480);
    await fails(command('start', join(folder, 'short.db')), /short\.db is damaged/);
  });
});
