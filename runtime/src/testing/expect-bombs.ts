import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BOMBS } from './bombs.js';
import type { BombCosts } from './measure-bombs.js';

const program = fileURLToPath(new URL('../../dist/testing/measure-bombs.js', import.meta.url));
/** V8 compiles all functions at once with its first compiler, which is what a start waits for at worst. */
const FLAGS = ['--no-wasm-lazy-compilation', '--liftoff', '--no-wasm-tier-up'];
/** A second on an idle machine is the goal; beside others, and without its tests warmed up, it may be more. */
const MOST_MS = 4_000;

/** Tests the costs of these modules in the built package, as they are in a process of their own. */
export function expectBombs(names: readonly string[]): void {
  const costs = (name: string): BombCosts => {
    const output = execFileSync(process.execPath, [...FLAGS, program, name], { encoding: 'utf8' });
    return JSON.parse(output) as BombCosts;
  };
  test.each(names)('%s', { timeout: 120_000 }, (name) => {
    const bomb = costs(name);
    const { accepted, rules, bytes, check, instrument, compile } = bomb;
    if (process.env.DMCN_TEST_FIGURES) {
      const ms = [check, instrument, compile].map((each) => Math.round(each).toString().padStart(5)).join('');
      process.stdout.write(`${ms} ms to check, instrument, compile ${bytes} bytes: ${name}\n`);
    }
    expect(accepted).toBe(BOMBS[name]?.accepted);
    expect(rules).not.toContain('invalid');
    expect(check + instrument + compile).toBeLessThan(MOST_MS);
  });
}
