import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { found } from '@dmcn/chain-client';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Devnet, startDevnet } from './support/devnet.js';
import { challengeWhenOpen, courseOf, dataOf } from './support/disputes.js';
import { document } from './support/dmcn.js';
import type { JobStatus, Submitted } from './support/documents.js';
import { Network } from './support/network.js';
import { type Running, start } from './support/process.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';

/** Blocks from a challenge to its verdict, for a typical unit on a devnet. */
const MOST_BLOCKS = 30;

let inputs: string;
beforeAll(async () => {
  inputs = await inputDirectory(digitsInputs({ units: 3, imagesPerUnit: 4 }));
});

const submit = (network: Network) =>
  network.json<Submitted>('job', 'submit', '--module', digits, '--input-dir', inputs, '--batch-size', 3);

describe('a challenge of a correct unit', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
  });
  afterAll(() => network.close());

  it('is decided for the worker within 30 blocks, and its deposit is lost', async () => {
    const challenger = await network.person('doubting', 20_000_000n);
    const { course, challenged } = await network.balancesAfter(
      [challenger.address],
      async () => {
        const made = await challengeWhenOpen(network, () => submit(network), 1, challenger.name);
        const { disputeId, height } = made;
        const isIt = ({ id }: { id: bigint }) => id === BigInt(disputeId);
        return { challenged: made, course: await courseOf(network, height, isIt) };
      },
      (result) => ({ [challenger.address]: -BigInt(result.challenged.deposit) }),
    );
    const { decided, height } = course;
    expect(decided).toMatchObject({ verdict: 'ForWorker', cause: 'Challenge', extended: false });
    expect(height - challenged.height, 'blocks from the challenge to the verdict').toBeLessThanOrEqual(
      MOST_BLOCKS,
    );
    if (process.env.DMCN_TEST_FIGURES)
      process.stderr.write(`referee: ${height - challenged.height} blocks from a challenge to its verdict\n`);
    expect(dataOf(course, 'VoteCommitted')).toHaveLength(1);
    const [revealed] = dataOf(course, 'VoteRevealed');
    expect(revealed?.leaf).toEqual(decided.leaf);
    expect(dataOf(course, 'ValidatorAbsent')).toEqual([]);
    await network.json('job', 'wait', challenged.jobId);
    expect(await network.json<JobStatus>('job', 'status', challenged.jobId)).toMatchObject({
      state: 'Settled',
      endedBatches: 0,
    });
  });
});

describe.sequential('two validators and a worker that makes everything up', () => {
  let devnet: Devnet;
  let network: Network;
  const again: Running[] = [];
  beforeAll(async () => {
    devnet = await startDevnet({ workers: 2, validators: 2, cheaters: ['always'] });
    network = await Network.open(devnet.document);
  });
  afterAll(async () => {
    network?.close();
    for (const referee of again) {
      referee.kill('SIGINT');
      expect((await referee.ended).code).toBe(0);
    }
    await devnet?.stop();
  });

  const kill = async (name: string) => {
    const state = await readFile(join(devnet.document.home, 'devnet.json'), 'utf8');
    const { processes } = JSON.parse(state) as { processes: { name: string; pid: number }[] };
    process.kill(processes.find((each) => each.name === name)?.pid ?? 0, 'SIGKILL');
  };
  /** The process of a worker. */
  const nameOf = async (owner: string) => {
    const homes = ['workers/worker0', 'workers/worker1', 'cheaters/always0'];
    const owners = homes.map(async (home) =>
      JSON.parse(await readFile(join(devnet.document.home, home, 'worker.json'), 'utf8')),
    );
    const at = (await Promise.all(owners)).findIndex((each) => each.owner === owner);
    return basename(homes[at] ?? '');
  };
  const restart = (name: string) => {
    const home = join(devnet.document.home, 'referees', name);
    again.push(start(['referee', 'start', '--home', home, '--node', devnet.document.rpc[0]]));
  };

  it('its auditor shows the input, the referees refute it, and the work is done again', async () => {
    const { height } = await network.chain.status();
    const refuted = await until(
      'the cheater to be drawn and refuted',
      async () => {
        const { jobId } = await submit(network);
        const course = await courseOf(
          network,
          height,
          ({ verdict }) => verdict === 'AgainstWorker',
          60,
        ).catch(() => undefined);
        await network.json('job', 'wait', jobId);
        return course;
      },
      200,
    );
    expect(refuted.decided.cause).toBe('Audit');
    const shown = dataOf(refuted, 'DisputeOpened').find(({ dispute }) => dispute.id === refuted.decided.id);
    expect(refuted.height - (shown?.dispute.postedHeight ?? 0)).toBeLessThanOrEqual(MOST_BLOCKS);
    expect(
      new Set(dataOf(refuted, 'VoteRevealed').map(({ leaf }) => Buffer.from(leaf.outputHash).toString('hex')))
        .size,
    ).toBe(1);
    const jobId = String(refuted.decided.jobId);
    expect(await network.json<JobStatus>('job', 'status', jobId)).toMatchObject({
      state: 'Settled',
      endedBatches: 0,
    });
  }, 300_000);

  it('referees that were killed, before their vote and between commit and reveal, vote once when they are back', async () => {
    const challenger = await network.person('impatient', 20_000_000n);
    await kill('referee1');
    const { disputeId, height } = await challengeWhenOpen(network, () => submit(network), 0, challenger.name);
    const id = BigInt(disputeId);
    const votes = async () =>
      (await network.chain.dispute(id)).votes.filter(({ hash }) => hash !== undefined);
    await until('the first referee to commit', async () => (await votes()).length === 1, 60);
    expect((await network.chain.dispute(id)).dispute.state).toBe('Committing');
    await kill('referee0');
    restart('referee1');
    await until('the second referee to commit', async () => (await votes()).length === 2, 60);
    await until(
      'the time for reveals',
      async () => (await network.chain.dispute(id)).dispute.state === 'Revealing',
    );
    restart('referee0');
    const course = await courseOf(network, height, (dispute) => dispute.id === id);
    expect(course.decided.verdict).toBe('ForWorker');
    for (const type of ['VoteCommitted', 'VoteRevealed'] as const) {
      const validators = dataOf(course, type)
        .filter((vote) => vote.disputeId === id)
        .map(({ validator }) => validator);
      expect(validators, type).toHaveLength(2);
      expect(new Set(validators).size, type).toBe(2);
    }
  });

  it('a referee that was drawn opens for a worker that is gone after its commit', async () => {
    const accounts = (await network.chain.referees()).items.map(({ account }) => account);
    // A worker that has opened before it could be killed leaves it to the next one.
    for (const last of [false, true]) {
      const { jobId } = await submit(network);
      const id = { jobId: BigInt(jobId), batch: 0 };
      const isCommitted = async () => {
        const now = await found(network.chain.batch(id));
        return now?.commitment !== undefined && now.lease;
      };
      const lease = await until('a commit', isCommitted, 120, 100);
      expect(lease.openers.toSorted()).toEqual(accounts.toSorted());
      await kill(await nameOf(lease.worker));
      const { opener } = await until('the opening', async () => (await network.chain.batch(id)).opening, 120);
      if (accounts.includes(opener)) return;
      expect(last, `${opener} opened, not a referee`).toBe(false);
    }
  });

  it('registering a referee again changes nothing', async () => {
    const home = join(devnet.document.home, 'referees', 'referee0');
    const at = ['--home', home, '--node', devnet.document.rpc[0], '--from', 'operator'];
    expect(await document(['referee', 'register', ...at])).toMatchObject({ sent: [] });
  });
});
