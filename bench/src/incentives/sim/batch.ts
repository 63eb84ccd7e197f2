import type { Audit, Batch } from './types.js';

/** True for a leaf that an honest run does not give. */
export const isWrong = (batch: Batch, position: number): boolean => batch.work?.leaves[position] !== 0;

/** Number of wrong leaves. */
export function wrongUnits({ work }: Batch): number {
  return work?.leaves.filter((leaf) => leaf !== 0).length ?? 0;
}

/** Whether an audit's post differs from the worker's leaf at a position; false where it did not sample that. */
export function differs({ work }: Batch, { samples, post }: Audit, position: number): boolean {
  const at = samples.indexOf(position);
  return at >= 0 && post !== undefined && post[at] !== work?.leaves[position];
}

/** The lowest position where an audit differs and no verdict was given yet. */
export function firstDifference(batch: Batch): number | undefined {
  const positions = batch.audits.flatMap((audit) =>
    audit.samples.filter((each) => differs(batch, audit, each)),
  );
  const open = positions.filter((each) => !batch.settled.has(each));
  return open.length > 0 ? Math.min(...open) : undefined;
}
