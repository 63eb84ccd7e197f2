import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Network } from './support/network.js';
import { sum } from './support/sum.js';
import { supplyMoves } from './support/supply.js';
import { until } from './support/until.js';

/** Runs after all other files, so that it looks back at everything that they did to the shared devnet. */
describe.sequential('the whole run, block by block', () => {
  let network: Network;
  let head: number;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    head = await network.ledger.height();
  });
  afterAll(() => network.close());

  it('changes the supply by what was minted and burned, and by nothing else', async () => {
    const { ledger } = network;
    await supplyMoves(ledger);
    const [first, last] = await Promise.all([ledger.supply(1), ledger.supply(head)]);
    expect(last, 'something was minted').toBeGreaterThan(first);
  });

  it('has all of the supply in accounts, at every twentieth height and the last', async () => {
    const { ledger } = network;
    const heights = [...Array(Math.floor(head / 20)).keys()].map((i) => 20 * (i + 1));
    for (const height of [1, ...heights, head]) {
      const [supply, owners] = await Promise.all([ledger.supply(height), ledger.owners(height)]);
      expect(sum(owners.values()), `balances at height ${height}`).toBe(supply);
    }
  });

  it('holds in its module accounts exactly what jobs, workers, modules and demands are owed', async () => {
    const { ledger } = network;
    const [escrow, deposit, bond] = (await Promise.all(
      ['task_escrow', 'task_deposit', 'worker_bond'].map((name) => ledger.moduleAccount(name)),
    )) as [string, string, string];
    const heights = [...Array(Math.floor(head / 20)).keys()].map((i) => 20 * (i + 1));
    for (const height of [...heights, head]) {
      const jobs = await ledger.all<JobState>('/dmcn/task/v1/jobs', 'jobs', height);
      const modules = await ledger.all<{ deposit: string }>('/dmcn/task/v1/modules', 'modules', height);
      const workers = await ledger.all<{ bond: string }>('/dmcn/worker/v1/workers', 'workers', height);
      const demands = await Promise.all(
        jobs
          .filter(({ state }) => isOpen(state))
          .map(async ({ id }) => {
            const path = `/dmcn/task/v1/jobs/${id}/batches`;
            const batches = await ledger.all<{ demand: { deposit: string } | null }>(path, 'batches', height);
            return sum(batches.map(({ demand }) => BigInt(demand?.deposit ?? 0)));
          }),
      );
      const held = await Promise.all(
        [escrow, deposit, bond].map((account) => ledger.balance(account, height)),
      );
      expect(held, `escrow, deposits and bonds at height ${height}`).toEqual([
        sum(jobs.map(({ remaining }) => BigInt(remaining))),
        sum(modules.map((module) => BigInt(module.deposit))) + sum(demands),
        sum(workers.map((worker) => BigInt(worker.bond))),
      ]);
      for (const job of jobs) expect(away(job), `job ${job.id} at height ${height}`).toBe(BigInt(job.funded));
    }
  });

  it('pays each batch at most once, and only from Final', async () => {
    const paid = new Set<string>();
    const final = new Set<string>();
    for await (const { height, events } of network.chain.blocks({ from: 1 })) {
      for (const { type, data } of events) {
        if (type === 'BatchStateChanged' && data.newState === 'Final')
          final.add(`${data.jobId}/${data.batch}`);
        if (type !== 'BatchPaid') continue;
        const batch = `${data.jobId}/${data.batch}`;
        expect(paid.has(batch), `batch ${batch} is paid twice`).toBe(false);
        paid.add(batch);
      }
      if (height >= head) break;
    }
    expect(paid).toEqual(final);
    expect(paid.size).toBeGreaterThan(0);
  });

  it('put nothing off because of an error, and the index agrees with the chain', async () => {
    for await (const { height, events } of network.chain.blocks({ from: 1 })) {
      expect(events.filter(({ type }) => type === 'ItemFailed')).toEqual([]);
      if (height >= head) break;
    }
    const query = '{ network { jobs workers paid fees royalties refunded funded bonded height } }';
    const said = await until('the indexer to reach the head', async () => {
      const response = await fetch(network.devnet.graphql[0], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data } = (await response.json()) as { data: { network: Record<string, string | number> } };
      return Number(data.network.height) >= head ? data.network : undefined;
    });
    const height = Number(said.height);
    const jobs = await network.ledger.all<JobState>('/dmcn/task/v1/jobs', 'jobs', height);
    const workers = await network.ledger.all<{ bond: string }>('/dmcn/worker/v1/workers', 'workers', height);
    const total = (of: (job: JobState) => string) => String(sum(jobs.map((job) => BigInt(of(job)))));
    expect(said).toEqual({
      height,
      jobs: String(jobs.length),
      workers: String(workers.length),
      paid: total(({ paid }) => paid),
      fees: total(({ fees }) => fees),
      royalties: total(({ royalties }) => royalties),
      refunded: total(({ refunded }) => refunded),
      funded: total(({ funded }) => funded),
      bonded: String(sum(workers.map(({ bond }) => BigInt(bond)))),
    });
  });
});

interface JobState {
  readonly id: string;
  readonly state: string;
  readonly funded: string;
  readonly paid: string;
  readonly royalties: string;
  readonly fees: string;
  readonly audits: string;
  readonly refunded: string;
  readonly remaining: string;
}

const isOpen = (state: string): boolean => /OPEN|SUSPENDED/.test(state);

const away = ({ paid, royalties, fees, audits, refunded, remaining }: JobState): bigint =>
  sum([paid, royalties, fees, audits, refunded, remaining].map(BigInt));
