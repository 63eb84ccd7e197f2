import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../support/graphql.js';
import { supplyMoves } from '../support/supply.js';
import type { CheckedJob } from '../support/wrong-work.js';
import { caughtLazyAuditor } from './caught/lazy-auditor.js';
import { caughtLeaker, givenLeaker } from './caught/leaker.js';
import { Scene } from './caught/scene.js';
import { caughtSleeper, givenSleeper } from './caught/sleeper.js';
import { caughtSparse, givenSparse } from './caught/sparse.js';
import { caughtSquatter, givenSquatter } from './caught/squatter.js';
import { caughtWithholder, givenWithholder } from './caught/withholder.js';

interface Edges<T> {
  readonly edges: readonly { readonly node: T }[];
}

type Given = 'sparse' | 'sleeper' | 'withholder' | 'squatter' | 'leaker';

/** For machines that are much slower, or busy: all waits are for events. */
const PATIENCE = 900_000;

/** Cheaters of six kinds at once, each with a feature of its own, and honest workers with all of them. */
describe.sequential('cheaters beside honest workers', () => {
  let scene: Scene;
  let jobs: Record<Given, CheckedJob>;

  beforeAll(async () => {
    scene = await Scene.start();
    const [sparse, withholder, leaker, sleeper] = (await Promise.all(
      [givenSparse, givenWithholder, givenLeaker, givenSleeper].map((give) => give(scene)),
    )) as [CheckedJob, CheckedJob, CheckedJob, CheckedJob];
    jobs = { sparse, withholder, leaker, sleeper, squatter: await givenSquatter(scene) };
    await scene.join('worker');
  }, PATIENCE);
  afterAll(() => scene?.stop());

  describe.concurrent('lose more than they earn, and their jobs end right', { timeout: PATIENCE }, () => {
    it('sparse: one wrong unit in eight', () => caughtSparse(scene, jobs.sparse));
    it('sleeper: honest until it is trusted', () => caughtSleeper(scene, jobs.sleeper));
    it('lazy-auditor: audits by guessing', () => caughtLazyAuditor(scene));
    it('withholder: a commitment that nobody can open', () => caughtWithholder(scene, jobs.withholder));
    it('squatter: leases that it lets lapse', () => caughtSquatter(scene, jobs.squatter));
    it('leaker: a shown key, and an auditor that copies', () => caughtLeaker(scene, jobs.leaker));
  });

  it('cost no honest worker anything', async () => {
    for (const name of ['auditor', 'worker'] as const) {
      const { earned, lost } = await scene.fortune(name);
      expect([name, lost]).toEqual([name, 0n]);
      expect(earned, name).toBeGreaterThan(0n);
    }
    const cheaters = (['sparse', 'sleeper', 'lazy-auditor', 'withholder', 'leaker', 'copier'] as const).map(
      (name) => scene.of(name).owner,
    );
    const slashed = scene.chronicle.all('SlashHeld').map(({ slash }) => slash.owner);
    expect(slashed.toSorted()).toEqual(cheaters.toSorted());
  });

  it('change the supply by what is minted and burned alone', async () => {
    expect(await supplyMoves(scene.network.ledger)).toBeGreaterThan(0n);
  });

  it('are all in the index, the shown key too', async () => {
    const { chronicle, network } = scene;
    const [shown] = chronicle.all('KeyShown');
    const query = `query($id: UInt64!) { job(id: $id) { batches { edges { node {
      leases { edges { node { owner keyShownBy selection { keyShownHeight } } } } } } } } }`;
    interface Answer {
      readonly job: { readonly batches: Edges<{ readonly leases: Edges<{ readonly owner: string }> }> };
    }
    const variables = { id: String(shown?.jobId) };
    const answer = await ask<Answer>(network.devnet.graphql[0], query, variables, chronicle.height);
    const [batch] = answer.job.batches.edges;
    expect(batch?.node.leases.edges.map(({ node }) => node)).toEqual([
      {
        owner: scene.of('leaker').owner,
        keyShownBy: scene.of('leaker').operator,
        selection: { keyShownHeight: shown?.at },
      },
      { owner: scene.of('worker').owner, keyShownBy: null, selection: { keyShownHeight: null } },
    ]);
  });
});
