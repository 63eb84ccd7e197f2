import type { Case } from '../case.js';
import { committedPrograms } from './committed.js';
import { edgePrograms } from './edge/index.js';
import { othersPrograms } from './others/index.js';
import { casesOf, type Program } from './program.js';

/** Every program of the corpus; those of others only where they can be built. */
export async function* corpusPrograms(): AsyncGenerator<Program> {
  yield* edgePrograms();
  yield* committedPrograms();
  yield* othersPrograms();
}

/** Every case of the corpus; all cases of a program have the very same `module`. */
export async function* corpusCases(): AsyncGenerator<Case> {
  for await (const program of corpusPrograms()) yield* casesOf(program);
}
