import type { Batch, Job, Leaf } from '@dmcn/chain-client';
import { beforeEach, expect, test } from 'vitest';
import { Verifier } from './verifier.js';
import type { LocalOutcome } from './verify.js';

const job = { id: 7n, spec: { units: 5, batchSize: 2 } } as Job;
const batch = (index: number, epoch = 0) => ({ index, epoch }) as Batch;
const outcome = (unit: number): LocalOutcome => ({
  status: 0,
  exitCode: 0,
  gas: BigInt(unit),
  outputHash: new Uint8Array(32).fill(unit),
});
const leaf = (unit: number, change: Partial<LocalOutcome> = {}) =>
  ({ unit, ...outcome(unit), ...change }) as Leaf;

interface Started {
  readonly unit: number;
  readonly end: (outcome: LocalOutcome) => void;
  readonly fail: (error: Error) => void;
}

let started: Started[];
let verifier: Verifier;

beforeEach(() => {
  started = [];
  const run = (unit: number) => new Promise<LocalOutcome>((end, fail) => started.push({ unit, end, fail }));
  verifier = new Verifier(1, run, new AbortController().signal);
});

const units = () => started.map(({ unit }) => unit);
const turn = () => new Promise((resolve) => setImmediate(resolve));
async function end(unit: number): Promise<void> {
  await turn();
  started.findLast((each) => each.unit === unit)?.end(outcome(unit));
  await turn();
}

test('units run one after the other, in the order of the commits, before anything is opened', async () => {
  verifier.begin(job, batch(1));
  verifier.begin(job, batch(0));
  verifier.begin(job, batch(1));
  for (const unit of [2, 3, 0, 1]) {
    await turn();
    expect(units().at(-1)).toBe(unit);
    await end(unit);
  }
  expect(verifier.verdict(job, batch(0), [leaf(0), leaf(1)])).toEqual({ wrong: [], isComplete: true });
  expect(units()).toEqual([2, 3, 0, 1]);
  await verifier.idle();
});

test('a batch that nobody began with is begun when it is judged', async () => {
  expect(verifier.verdict(job, batch(2), [leaf(4)])).toEqual({ wrong: [], isComplete: false });
  await end(4);
  expect(verifier.verdict(job, batch(2), [leaf(4)])).toEqual({ wrong: [], isComplete: true });
});

test.each([
  { status: 1 },
  { exitCode: 1 },
  { gas: 99n },
  { outputHash: new Uint8Array(32) },
] satisfies Partial<LocalOutcome>[])(
  'a leaf with %o is wrong, also while the rest still runs',
  async (change) => {
    verifier.begin(job, batch(1));
    await end(2);
    const leaves = [leaf(2, change), leaf(3)];
    expect(verifier.verdict(job, batch(1), leaves)).toEqual({ wrong: [leaves[0]], isComplete: false });
  },
);

test('a run that fails is told once and made again, the others go on', async () => {
  verifier.begin(job, batch(0));
  await turn();
  started[0]?.fail(new Error('no store'));
  await end(1);
  const leaves = [leaf(0), leaf(1)];
  expect(() => verifier.verdict(job, batch(0), leaves)).toThrow('no store');
  expect(verifier.verdict(job, batch(0), leaves).isComplete).toBe(false);
  await end(0);
  expect(verifier.verdict(job, batch(0), leaves)).toEqual({ wrong: [], isComplete: true });
});

test('what is done again by another worker is compared with the same run', async () => {
  verifier.begin(job, batch(2));
  await end(4);
  const wrong = leaf(4, { gas: 1n });
  expect(verifier.verdict(job, batch(2), [wrong]).wrong).toEqual([wrong]);
  expect(verifier.verdict(job, batch(2, 1), [leaf(4)])).toEqual({ wrong: [], isComplete: true });
  expect(units()).toEqual([4]);
});
