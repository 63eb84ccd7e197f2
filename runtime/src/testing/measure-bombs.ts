import { cpuUsage } from 'node:process';
import { inspect } from '../check/check.js';
import type { Rule } from '../check/rule.js';
import { rewrite } from '../instrument/instrument.js';
import { BOMBS } from './bombs.js';

/** Milliseconds of processor time that a module costs, all threads of the process together. */
export interface BombCosts {
  readonly name: string;
  readonly accepted: boolean;
  readonly rules: readonly Rule[];
  readonly bytes: number;
  /** Bytes of the instrumented form. */
  readonly output: number;
  readonly check: number;
  readonly instrument: number;
  readonly compile: number;
}

/** Checks, instruments and compiles a module of `BOMBS`. */
export function measureBomb(name: string): BombCosts {
  const bytes = BOMBS[name]?.build() ?? new Uint8Array();
  const [check, { findings, module }] = cpuMs(() => inspect(bytes));
  const [instrument, output] = cpuMs(() => module && rewrite(module));
  const [compile] = cpuMs(() => output && new WebAssembly.Module(output as Uint8Array<ArrayBuffer>));
  const rules = findings.map(({ rule }) => rule);
  const costs = { check, instrument, compile };
  return {
    name,
    accepted: module !== undefined,
    rules,
    bytes: bytes.length,
    output: output?.length ?? 0,
    ...costs,
  };
}

function cpuMs<Result>(work: () => Result): [ms: number, result: Result] {
  const before = cpuUsage();
  const result = work();
  const { user, system } = cpuUsage(before);
  return [(user + system) / 1_000, result];
}

// As a program: one line of JSON for each name on the command line.
for (const name of process.argv.slice(2)) {
  if (name in BOMBS) process.stdout.write(`${JSON.stringify(measureBomb(name))}\n`);
}
