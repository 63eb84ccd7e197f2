import { accountCases } from './accounts.js';
import { disputeCases } from './disputes.js';
import { followingCases } from './following.js';
import { jobCases } from './jobs.js';
import { moduleCases } from './modules.js';
import type { ConformanceCase } from './subject.js';
import { workerCases } from './workers.js';

export type { ConformanceCase, ConformanceSubject } from './subject.js';

/**
 * The contract of `ChainClient`, rule by rule, for any test runner: every adapter passes all of them against a real
 * chain. Each can run by itself; together they take about two minutes at one block a second.
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...accountCases,
  ...followingCases,
  ...workerCases,
  ...moduleCases,
  ...jobCases,
  ...disputeCases,
];
