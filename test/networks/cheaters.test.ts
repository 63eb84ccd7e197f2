import { join } from 'node:path';
import type { Audit, Batch, Slash } from '@dmcn/chain-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyOwner, slashesOf } from '../support/cheater-process.js';
import { type Devnet, newDirectory, startDevnet } from '../support/devnet.js';
import { courseOf } from '../support/disputes.js';
import { misused } from '../support/dmcn.js';
import type { Manifest, Submitted } from '../support/documents.js';
import { Network, type Person } from '../support/network.js';
import { sum } from '../support/sum.js';
import { supplyMoves } from '../support/supply.js';
import { until } from '../support/until.js';
import { WorkerProcess } from '../support/worker-process.js';
import { batchIn, challenge, Truth } from '../support/wrong-work.js';

/** Blocks from a challenge to its verdict. */
const MOST_BLOCKS = 30;

it('a cheater of an unknown kind is wrong usage, and the kinds are named', async () => {
  await misused(
    ['devnet', 'up', '--with-cheater', 'always', '--with-cheater', 'nobody'],
    /'nobody' is invalid\. choose from always, sparse, sleeper, lazy-auditor, withholder, squatter, leaker, colluders/,
  );
});

describe.sequential('cheaters on a running network', () => {
  let devnet: Devnet;
  let network: Network;
  let truth: Truth;
  let honest: WorkerProcess | undefined;

  beforeAll(async () => {
    truth = await Truth.of(8);
    devnet = await startDevnet({ workers: 0, cheaters: ['colluders'], blockTime: '500ms' });
    network = await Network.open(devnet.document);
  });
  afterAll(async () => {
    network?.close();
    await devnet?.stop();
  });

  const slashOf = (held: readonly Slash[], owner: string, kind: Slash['kind']): Slash => {
    const found = held.filter((slash) => slash.owner === owner && slash.kind === kind);
    expect(found, `slashes of ${owner} for ${kind}`).toHaveLength(1);
    return found[0] as Slash;
  };

  /** A slash once what was held is paid out. */
  const released = (from: number, id: bigint) =>
    until(
      `slash ${id} to be released`,
      async () => (await slashesOf(network, from)).released.get(id),
      60,
      1_000,
    );

  describe.sequential('a worker and the auditor that covers for it', () => {
    let liar: string;
    let cover: string;
    let challenger: Person;
    let job: Submitted;
    let open: Batch;
    let audit: Audit | undefined;
    let from: number;
    let before: bigint;

    it('are processes of their own in the status of the network', async () => {
      interface Status {
        readonly processes: readonly { readonly role: string; readonly name: string }[];
      }
      const { processes } = await network.json<Status>('devnet', 'status');
      const named = processes.filter(({ role }) => role === 'cheater').map(({ name }) => name);
      expect(named.toSorted()).toEqual(['colluders0', 'colluders0-cover']);
      const home = join(devnet.document.home, 'cheaters');
      [liar, cover] = await Promise.all([
        readyOwner(join(home, 'colluders0')),
        readyOwner(join(home, 'colluders0-cover')),
      ]);
    });

    it('pass an audit with outputs that nobody computed', async () => {
      challenger = await network.person('challenger', 50_000_000n);
      job = await network.json('job', ...truth.job('submit', '--audit-rate', '1').slice(1));
      open = await batchIn(network, BigInt(job.jobId), 'Challenge');
      [audit] = await network.chain.batchAudits({ jobId: open.jobId, batch: 0 });
      expect(open.lease?.worker).toBe(liar);
      expect(audit).toMatchObject({ auditor: cover, state: 'Matched' });
    });

    it('are refuted by a third party, who challenges a unit that both vouched for, within 30 blocks', async () => {
      from = await network.ledger.height();
      before = await network.ledger.balance(challenger.address, from);
      const { height, disputeId } = await challenge(network, open, audit?.units[0] ?? 0, challenger);
      honest = await WorkerProcess.launch(network, []);
      const course = await courseOf(network, height, ({ id }) => id === disputeId);
      expect(course.decided).toMatchObject({ verdict: 'AgainstWorker', cause: 'Challenge' });
      expect(course.height - height).toBeLessThanOrEqual(MOST_BLOCKS);
    });

    it('are both slashed and jailed, and the challenger is paid', async () => {
      const { held } = await slashesOf(network, from);
      const ofLiar = slashOf(held, liar, 'Leaf');
      const ofCover = slashOf(held, cover, 'Audit');
      expect(ofLiar.amount).toBe(open.lease?.bond);
      expect(ofCover.amount).toBe(audit?.deposit);
      for (const owner of [liar, cover]) {
        const { worker } = await network.chain.worker(owner);
        expect([worker.status, worker.frauds], owner).toEqual(['Jailed', 1]);
      }
      await Promise.all([ofLiar, ofCover].map(({ id }) => released(from, id)));
      const won = [ofLiar, ofCover].flatMap(({ shares }) =>
        shares.filter(({ recipient }) => recipient === challenger.address),
      );
      expect(won.map(({ role }) => role)).toContain('Prover');
      const to = await network.ledger.height();
      const fees = await network.ledger.fees(challenger.address, from, to);
      const gained = (await network.ledger.balance(challenger.address, to)) - before + fees;
      expect(gained).toBe(sum(won.map(({ amount }) => amount)));
      expect(gained).toBeGreaterThan(fees);
    });

    it('have their work redone by an honest worker: the requester has the right outputs', async () => {
      await honest?.ready();
      const output = join(await newDirectory(), 'results');
      const manifest = await network.json<Manifest>(
        'job',
        'fetch',
        job.jobId,
        '--verify',
        1,
        '--output',
        output,
      );
      await truth.expectIn(manifest, output);
      expect(new Set(manifest.units.map(({ worker }) => worker))).toEqual(new Set([honest?.owner]));
    });

    it('cost nobody else a coin: the supply moves by mint and burn alone', async () => {
      expect(await supplyMoves(network.ledger)).toBeGreaterThan(0n);
    });
  });
});
