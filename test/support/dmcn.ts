import { expect } from 'vitest';
import { type Ended, type RunOptions, run } from './process.js';

/** Runs a command line with --json that has to succeed, and returns its one document. */
export async function document<T>(args: readonly string[], options?: RunOptions): Promise<T> {
  const ended = await run([...args, '--json'], options);
  expect(ended.code, `dmcn ${args.join(' ')}: ${ended.stderr}`).toBe(0);
  return onlyDocument(ended);
}

/** The one JSON document that a command printed. */
export function onlyDocument<T>({ stdout }: Ended): T {
  expect(stdout.trimEnd().split('\n'), 'one document on stdout').toHaveLength(1);
  return JSON.parse(stdout);
}

/** Runs a command line that has to fail for a reason that it names in one line on stderr, and prints nothing else. */
export async function fails(args: readonly string[], reason: RegExp, options?: RunOptions): Promise<Ended> {
  return ends(1, args, reason, options);
}

/** Runs a command line that has to be refused as wrong usage. */
export async function misused(args: readonly string[], reason: RegExp, options?: RunOptions): Promise<Ended> {
  return ends(2, args, reason, options);
}

async function ends(
  code: number,
  args: readonly string[],
  reason: RegExp,
  options?: RunOptions,
): Promise<Ended> {
  const ended = await run(args, options);
  const label = `dmcn ${args.join(' ')}`;
  expect(ended.stderr, label).toMatch(reason);
  expect(ended.stderr, label).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(ended.stdout, label).toBe('');
  expect(ended.code, label).toBe(code);
  return ended;
}
