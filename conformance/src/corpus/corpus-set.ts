import type { CaseSet } from '../case-set.js';
import { corpusCases } from './index.js';

/** Every case of the corpus. */
export const corpusSet: CaseSet = {
  name: 'corpus',
  identity: 'all',
  tools: [],
  chunkSize: 32,
  cases: corpusCases,
};
