import { answering } from '../ask.js';
import { CLASSES } from './classes/index.js';
import { type Cost, type Effort, measure } from './measure.js';

/** Which of `CLASSES` to measure, and how long. */
export interface Question {
  readonly index: number;
  readonly effort: Effort;
}

answering<Question, Cost>(async ({ index, effort }) => {
  const each = CLASSES[index];
  if (each === undefined) throw new RangeError(`there is no class ${index}`);
  return measure(each, effort);
});
