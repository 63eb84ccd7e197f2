import type { BatchState, JobState } from '../api/types.js';

/**
 * How far a batch is, for drawing: 0 waits, 1 is offered, 2 is worked on, 3 is committed or open, 4 is paid. `trouble`
 * and `ended` stand beside that line.
 */
export type Phase = 0 | 1 | 2 | 3 | 4 | 'trouble' | 'ended';

const PHASES: Readonly<Record<BatchState, Phase>> = {
  Queued: 0,
  Offered: 1,
  Leased: 2,
  Committed: 3,
  AuditWait: 3,
  Opening: 3,
  Challenge: 3,
  Final: 4,
  Demanded: 'trouble',
  Disputed: 'trouble',
  Voting: 'trouble',
  Fraud: 'trouble',
  Withheld: 'trouble',
  Ended: 'ended',
};

export const phaseOf = (state: BatchState): Phase => PHASES[state];

/** Phases in the order of a batch's life, with what they are called in a legend. */
export const LEGEND: readonly (readonly [Phase, string])[] = [
  [0, 'waiting'],
  [1, 'offered'],
  [2, 'working'],
  [3, 'committed or open'],
  [4, 'paid'],
  ['trouble', 'in dispute'],
  ['ended', 'ended'],
];

/** Number of batches in each phase, as far as they are given; the rest of `batchCount` waits. */
export function tally(states: readonly BatchState[], batchCount: number): ReadonlyMap<Phase, number> {
  const counts = new Map<Phase, number>([[0, Math.max(0, batchCount - states.length)]]);
  for (const state of states) counts.set(phaseOf(state), (counts.get(phaseOf(state)) ?? 0) + 1);
  return counts;
}

/**
 * A phase for each batch of a job, from the states of those that were drawn, in their order; those that were not drawn
 * wait, or are ended with the job. Of more than `most` batches, every cell stands for several, as far as the least done.
 */
export function phasesOf(
  states: readonly BatchState[],
  batchCount: number,
  job: JobState,
  most: number,
): readonly Phase[] {
  const undrawn: Phase = job === 'Expired' ? 'ended' : job === 'Settled' ? 4 : 0;
  return Array.from({ length: Math.min(most, batchCount) }, (_, i) => {
    const state = states[i];
    return state === undefined ? undrawn : phaseOf(state);
  });
}
