import { difference, formatOutcome, type Outcome } from '../outcome.js';

/** What an engine made of a case. */
export interface Told {
  readonly engine: string;
  readonly outcome: Outcome;
}

/** Two engines that do not agree on a case. */
export interface Difference {
  /** The case's name. */
  readonly name: string;
  /** The first engine, which the others are held against. */
  readonly reference: Told;
  readonly other: Told;
}

/** Every engine that disagrees with the first one; the first one itself if it brought the case to no end. */
export function findDifferences(name: string, [reference, ...others]: readonly Told[]): Difference[] {
  if (reference === undefined) return [];
  const differing = others.filter(({ outcome }) => difference(reference.outcome, outcome) !== undefined);
  if (differing.length === 0 && reference.outcome.kind === 'none') differing.push(reference);
  return differing.map((other) => ({ name, reference, other }));
}

export function formatDifference({ name, reference, other }: Difference): string {
  const respect = difference(reference.outcome, other.outcome) ?? 'nothing';
  return `${name} differs in ${respect}: ${[reference, other].map(formatTold).join('; ')}`;
}

function formatTold({ engine, outcome }: Told): string {
  return `${engine}: ${formatOutcome(outcome)}`;
}
