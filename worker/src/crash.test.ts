import { type Death, Mortal } from '@dmcn/chain-client/acting/testing';
import { describe, expect, test } from 'vitest';
import { type LifeOptions, live, newWorld, passTime } from './testing/life.js';
import type { Story } from './testing/market.js';
import type { World } from './testing/outside.js';
import { inputs, jobBlobs } from './testing/task.js';

const me: LifeOptions = { owner: 'me', openerPatience: 3 };
/** Lives at once: they mostly wait. */
const SIDE_BY_SIDE = 16;

/** A story of a batch, and what happens around the worker that dies. */
interface Plot extends Story {
  /** Whose batch it is; `me` unless given. */
  readonly worker?: string;
  readonly blobs?: readonly Uint8Array[];
  /** Before the worker starts. */
  readonly prelude?: (world: World, end: AbortSignal) => Promise<void>;
  /** While the worker is dead. */
  readonly meanwhile?: (world: World) => Promise<void> | void;
}

interface Life {
  readonly world: World;
  readonly first: Mortal;
}

/** A worker that dies once, and is started again, until its batch and its journal are done. */
async function lifeOf({ worker = 'me', blobs = jobBlobs, ...plot }: Plot, death?: Death): Promise<Life> {
  const world = newWorld(worker, plot, blobs);
  const over = new AbortController();
  const time = passTime(world, over.signal);
  const first = new Mortal(death);
  const finished = until(() => isOver(world)).then(() => over.abort());
  try {
    await plot.prelude?.(world, over.signal);
    await live(world, first, over.signal, me);
    if (first.hasDied) {
      await plot.meanwhile?.(world);
      await live(world, new Mortal(), over.signal, me);
    }
    await Promise.all([finished, time]);
  } finally {
    over.abort();
  }
  return { world, first };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** The batch is at its end, and nothing of it is left in the journal. */
const isOver = ({ market, disk }: World): boolean =>
  ['Final', 'Ended'].includes(market.batch?.state ?? '') &&
  [...disk.keys()].every((name) => name === 'watch');

/** Every point of a life at which a process can die. Of reads, which change nothing, the first of a kind. */
async function deathsOf(plot: Plot): Promise<Death[]> {
  const { first } = await lifeOf(plot);
  const isRead = (call: string) => /^(chain\.(?!broadcast|inclusion)|journal\.(list|read))|watch/.test(call);
  const calls = first.calls.filter((call) => !(isRead(call) && / #([2-9]|\d\d)/.test(call)));
  return calls.flatMap((call) => [
    { call, when: 'before' },
    { call, when: 'after' },
  ]);
}

/** Lives a plot with each of the deaths, and has each life judged. */
async function liveThrough(plot: Plot, deaths: readonly Death[], judge: (life: Life) => void): Promise<void> {
  const left = [...deaths];
  const next = async () => {
    for (let death = left.shift(); death !== undefined; death = left.shift()) {
      try {
        const life = await lifeOf(plot, death);
        expect(life.first.hasDied, 'this point was reached').toBe(true);
        judge(life);
      } catch (cause) {
        throw new Error(`died ${death.when} ${death.call}`, { cause });
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}

type Counts = Readonly<Record<string, number>>;

const registered = { registerWorker: 1, grantFees: 1 };
const straight = { ...registered, acceptOffer: 1, commit: 1, open: 1 };

/** What has to be true however a life went. */
const isDone =
  (messages: Counts, end = 'Final') =>
  ({ world: { market, runs } }: Life) => {
    expect(Object.fromEntries(market.executed)).toEqual(messages);
    expect(market.refused).toEqual([]);
    const paid = end === 'Final' ? 1 : 0;
    expect([market.batch?.state, market.paid, market.locked, market.lapses]).toEqual([end, paid, 0n, 0]);
    const again = [...runs.values()].reduce((sum, times) => sum + times - 1, 0);
    expect(again, 'units that were run twice').toBeLessThanOrEqual(1);
    if (end === 'Final') expect([...runs.keys()].sort()).toEqual(inputs.map((_, unit) => unit));
  };

/** Another worker does a batch of its own up to its commit, with `me` as opener, and is never seen again. */
async function otherCommits(world: World, end: AbortSignal): Promise<void> {
  const leave = new AbortController();
  void until(() => world.market.workers.has('me') || end.aborted).then(() => leave.abort());
  await live(world, new Mortal(), AbortSignal.any([leave.signal, end]), me);
  const other = new Mortal({ call: 'chain.inclusion commit #1', when: 'after' });
  await live({ ...world, disk: new Map() }, other, end, { owner: 'other' });
}

describe('a worker that dies at any of its calls and is started again', { timeout: 120_000 }, () => {
  test.each<[string, Plot, Counts]>([
    ['in a straight life', {}, straight],
    ['where an output is demanded', { demand: true }, { ...straight, postOutput: 1 }],
    ['where it audits another one', { audit: true }, { ...registered, postAudit: 1 }],
    [
      'where its audit differs from what was opened',
      { audit: true, differs: 1 },
      { ...registered, postAudit: 1, postInput: 1 },
    ],
    ['where it is set aside', { setAside: true }, { ...straight, resumeWorker: 1 }],
    [
      'where it opens for another one',
      { worker: 'other', prelude: otherCommits },
      { ...straight, registerWorker: 2, grantFees: 2 },
    ],
  ])('sends each message once, finishes the work and has its bond back: %s', async (_, plot, messages) => {
    const deaths = await deathsOf(plot);
    expect(deaths.length).toBeGreaterThan(20);
    await liveThrough(plot, deaths, isDone(messages));
  });

  test('sends each message once where it reports a missing input', async () => {
    const plot = { blobs: jobBlobs.slice(0, -1) };
    const messages = { ...registered, acceptOffer: 1, reportMissingInput: 1 };
    await liveThrough(plot, await deathsOf(plot), isDone(messages, 'Ended'));
  });

  describe('and meanwhile', () => {
    const isMessage = ({ call }: Death) => /broadcast|inclusion|sent/.test(call);
    const forgets = ({ market }: World) => market.waiting.clear();

    test.each<[string, Plot]>([
      ['the node has forgotten what waited', { meanwhile: forgets }],
      [
        'what waited is forgotten and has expired',
        {
          meanwhile: (world) => {
            forgets(world);
            world.ahead += 120_000;
          },
        },
      ],
    ])('%s: sends each message once', async (_, plot) => {
      await liveThrough(plot, (await deathsOf(plot)).filter(isMessage), isDone(straight));
    });

    test('the time to open is over: opens late', async () => {
      const meanwhile = (world: World) => until(() => world.market.batch?.state === 'Queued');
      const deaths: Death[] = [{ call: 'chain.broadcast open #1', when: 'before' }];
      await liveThrough({ openBlocks: 3, meanwhile }, deaths, isDone(straight));
    });

    test('the time to open a selected batch is over and it has gone on to another worker: opens what is withheld', async () => {
      const meanwhile = (world: World) => until(() => world.market.withheld.length > 0);
      const deaths: Death[] = [{ call: 'chain.broadcast open #1', when: 'before' }];
      await liveThrough({ openBlocks: 3, withhold: true, meanwhile }, deaths, isDone(straight, 'Ended'));
    });

    test('the journal has lost everything: the chain alone tells what to do', async () => {
      const plot: Plot = { meanwhile: ({ disk }) => disk.clear() };
      const deaths = (await deathsOf(plot)).filter(
        ({ when, call }) => when === 'after' && /inclusion/.test(call),
      );
      expect(deaths).toHaveLength(4);
      await liveThrough(plot, deaths, isDone(straight));
    });
  });
});
