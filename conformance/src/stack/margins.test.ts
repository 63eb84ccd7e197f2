import { expect, test } from 'vitest';
import { STACK_ENGINES } from './engines.js';
import { stackMargins } from './margins.js';

/** A margin of 2, to within what a search to a hundredth and the frames around a program take. */
const LEAST = 1.9;

test.each(STACK_ENGINES.map((engine) => [engine.name, engine] as const))(
  '%s bears twice the stack that the profile allows',
  async (name, engine) => {
    const margins = await stackMargins(engine);
    if (margins === undefined && !process.env.CI)
      return void process.stderr.write(`SKIPPED: ${name} is missing\n`);
    if (margins === undefined) throw new Error(`${name} is missing: npm run engines`);
    expect(margins.length).toBeGreaterThan(40);
    expect(margins.filter(({ times }) => times < LEAST)).toEqual([]);
    if (process.env.DMCN_TEST_FIGURES) {
      const least = margins.reduce((one, other) => (one.times < other.times ? one : other));
      process.stdout.write(`${name}: ${least.times.toFixed(2)} times (${least.program})\n`);
    }
  },
  120_000,
);
