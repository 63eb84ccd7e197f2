import type { Case } from '../case.js';
import { committedPrograms } from './committed.js';
import { edgePrograms } from './edge/index.js';
import { casesOf, type Program } from './program.js';

/** Every program of the corpus. */
export async function* corpusPrograms(): AsyncGenerator<Program> {
  yield* edgePrograms();
  yield* committedPrograms();
}

/** Every case of the corpus; all cases of a program have the very same `module`. */
export async function* corpusCases(): AsyncGenerator<Case> {
  for await (const program of corpusPrograms()) yield* casesOf(program);
}
