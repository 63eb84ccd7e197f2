import type { Case } from './case.js';

/** Where the cases of a run come from. */
export interface CaseSet {
  readonly name: 'corpus' | 'random';
  /** What the cases follow from, in words; other words, other cases. */
  readonly identity: string;
  /** Programs that make them, with their versions. */
  readonly tools: readonly string[];
  /** How many there are, where that is known before. */
  readonly count?: number;
  /** Cases that an engine gets at a time. */
  readonly chunkSize: number;
  /** The cases without the first so many. */
  cases(skipped: number): AsyncIterable<Case>;
}
