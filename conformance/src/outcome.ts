import type { Status } from '@dmcn/runtime';

/** How a case ended on an engine. Two engines agree when all of it is equal. */
export interface Result {
  readonly status: Status;
  readonly exitCode: number;
  readonly gas: bigint;
  /** SHA-256 of the output, in hex. */
  readonly output: string;
  /**
   * SHA-256 of the instrumented bytes that the engine itself made of the module, in hex, empty for a refused module. Only
   * engines have it that run the rewriter too.
   */
  readonly instrumented?: string;
}

/** `none`: the engine brought the case to no end, which the network never reports. That is a difference too. */
export type Outcome =
  | ({ readonly kind: 'result' } & Result)
  | { readonly kind: 'none'; readonly reason: string };

/** In which respect two outcomes differ, or undefined where they are equal. No outcome equals nothing. */
export function difference(one: Outcome, other: Outcome): string | undefined {
  if (one.kind === 'none' || other.kind === 'none') return 'no outcome';
  for (const field of ['status', 'exitCode', 'gas', 'output'] as const) {
    if (one[field] !== other[field]) return field;
  }
  const both = one.instrumented !== undefined && other.instrumented !== undefined;
  return both && one.instrumented !== other.instrumented ? 'instrumented' : undefined;
}

/** An outcome on one line, for people. */
export function formatOutcome(outcome: Outcome): string {
  if (outcome.kind === 'none') return `no outcome: ${outcome.reason}`;
  const { status, exitCode, gas, output } = outcome;
  const code = status === 'EXIT' ? ` ${exitCode}` : '';
  return `${status}${code}, gas ${gas}, output ${output.slice(0, 16)}`;
}
