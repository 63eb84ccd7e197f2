import { expect, test } from 'vitest';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import { ProcessEngine } from './process-engine.js';
import { runToTheEnd } from './run-to-the-end.js';

const names = ['a', 'b', 'c', 'd'];
const cases = names.map((name): Case => {
  const bytes = new Uint8Array();
  return { name, module: bytes, input: bytes, args: [], unit: 0, gasLimit: 0n, memoryLimit: 0 };
});

/** Answers by the name of a case, until `dies` gives a reason to end. */
function run(dies: (index: number, first: number) => string | undefined): Promise<Outcome[]> {
  return runToTheEnd(cases, async (first, last, _limitMs, tell) => {
    for (let index = first; index < last; index++) {
      const reason = dies(index, first);
      if (reason !== undefined) return reason;
      tell({ index, status: 'OK', exitCode: 0, gas: '0', output: names[index] ?? '', instrumented: '' });
    }
    return undefined;
  });
}

const shown = (outcomes: Outcome[]): string[] =>
  outcomes.map((outcome) => (outcome.kind === 'result' ? outcome.output : outcome.reason));

test('a case that kills the engine has no outcome, all others have theirs', async () => {
  const outcomes = await run((index) => (index === 1 ? 'SIGSEGV' : undefined));
  expect(shown(outcomes)).toEqual(['a', 'SIGSEGV', 'c', 'd']);
});

test('a case that an engine only dies of behind others gets its outcome from a fresh one', async () => {
  const outcomes = await run((index, first) => (index - first === 2 ? 'out of memory' : undefined));
  expect(shown(outcomes)).toEqual(['a', 'b', 'c', 'd']);
});

test('an engine that ends early without a complaint has no outcome for the cases that it left out', async () => {
  const outcomes = await runToTheEnd(cases, async () => undefined);
  expect(shown(outcomes)).toEqual(cases.map(() => 'no answer'));
});

test('the reason of a missing outcome tells how the process ended and what it said', async () => {
  const args = ['-c', 'echo broken >&2; kill -SEGV $$'];
  const engine = new ProcessEngine({ name: 'broken', version: '1', command: '/bin/sh', args });
  const outcomes = await engine.run(cases.slice(0, 1));
  expect(outcomes).toEqual([{ kind: 'none', reason: 'ended by SIGSEGV: broken' }]);
});
