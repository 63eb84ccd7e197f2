import type { Status } from '@dmcn/runtime';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import type { Answer } from './run-batch.js';

/** What runs cases of a batch and tells each answer; resolves at its end, with a reason where it came too early. */
export type RunCases = (
  first: number,
  last: number,
  limitMs: number,
  tell: (answer: Answer) => void,
) => Promise<string | undefined>;

/** Milliseconds that a case may take beside what its gas takes. */
const CASE_MS = 20_000;

/** Gas that any engine here gets through in a millisecond, at its slowest. */
const GAS_A_MS = 20_000n;

/**
 * The outcomes of all cases. Where the engine dies, the first case without an answer is tried again alone, and blamed if that
 * gives none either: lines that a dying process printed last may be lost.
 */
export async function runToTheEnd(cases: readonly Case[], run: RunCases): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = cases.map(() => undefined);
  const tell = (answer: Answer): void => {
    outcomes[answer.index] = outcomeOf(answer);
  };
  for (;;) {
    const first = outcomes.indexOf(undefined);
    if (first < 0) return outcomes as Outcome[];
    await run(first, cases.length, limitOf(cases.slice(first)), tell);
    const blamed = outcomes.indexOf(undefined);
    if (blamed < 0) continue;
    const reason = await run(blamed, blamed + 1, limitOf(cases.slice(blamed, blamed + 1)), tell);
    outcomes[blamed] ??= { kind: 'none', reason: reason ?? 'no answer' };
  }
}

function limitOf(cases: readonly Case[]): number {
  const gas = cases.reduce((sum, { gasLimit }) => sum + gasLimit, 0n);
  return CASE_MS + cases.length * 20 + Number(gas / GAS_A_MS);
}

function outcomeOf(answer: Answer): Outcome {
  if ('none' in answer) return { kind: 'none', reason: answer.none };
  const { status, exitCode, gas, output, instrumented } = answer;
  return { kind: 'result', status: status as Status, exitCode, gas: BigInt(gas), output, instrumented };
}
