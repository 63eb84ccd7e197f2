import { describe, expect, test } from 'vitest';
import { MOST_GROWTH } from '../profile/limits.js';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import { SHAPES, WORST_GROWTH } from '../testing/growth.js';
import { instrument } from './instrument.js';

const shapes = Object.entries(SHAPES);

test.each(shapes)('twice the %s make at most twice the output', (_, build) => {
  const [one, two] = [build(1), build(2)].map((module) => instrument(module).length);
  expect(two).toBeLessThanOrEqual(2 * (one ?? 0));
});

describe('the output is bounded by the input', () => {
  const modules: [name: string, build: () => Uint8Array][] = [
    ...Object.entries(WORST_GROWTH),
    ...shapes.map(([name, build]): [string, () => Uint8Array] => [name, () => build(2)]),
    ...FIXTURES.map((name): [string, () => Uint8Array] => [name, () => fixture(name)]),
  ];
  test.each(modules)('%s', (name, build) => {
    const module = build();
    const { length } = instrument(module);
    if (process.env.DMCN_TEST_FIGURES) {
      process.stdout.write(`${(length / module.length).toFixed(2)} times the bytes: ${name}\n`);
    }
    expect(length).toBeLessThanOrEqual(MOST_GROWTH.times * module.length + MOST_GROWTH.plus);
  });
});
