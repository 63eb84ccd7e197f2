import { cpuUsage } from 'node:process';
import { expect, test } from 'vitest';
import { inspect } from '../check/check.js';
import { SHAPES } from '../testing/growth.js';
import { rewrite } from './instrument.js';

/** What is quadratic takes four times as long. */
const LINEAR = 3;

test.each(Object.entries(SHAPES))('twice the %s take about twice the time', (name, build) => {
  const [one, two] = ([1, 2] as const).map((size) => {
    const module = build(size);
    return Math.min(...Array.from({ length: 15 }, () => cpuMs(() => work(module))));
  });
  if (process.env.DMCN_TEST_FIGURES) process.stdout.write(`${one} ms, ${two} ms: ${name}\n`);
  expect(two).toBeLessThan(LINEAR * Math.max(one ?? 0, 1));
});

function work(bytes: Uint8Array): void {
  const { module } = inspect(bytes);
  if (module === undefined) throw new Error('refused');
  rewrite(module);
}

function cpuMs(work: () => void): number {
  const before = cpuUsage();
  for (let i = 0; i < 5; i++) work();
  const { user } = cpuUsage(before);
  return user / 5_000;
}
