import type { Program } from '../program.js';
import { controlPrograms } from './control.js';
import { gasPrograms } from './gas.js';
import { memoryPrograms } from './memory.js';
import { nanPrograms } from './nan.js';
import { numberPrograms } from './numbers.js';
import { outputPrograms } from './output.js';
import { stackPrograms } from './stack.js';
import { trapPrograms } from './traps.js';
import { wasiPrograms } from './wasi.js';

/** Programs at the edges of the profile, made here from text. */
export async function* edgePrograms(): AsyncGenerator<Program> {
  yield* numberPrograms();
  yield* nanPrograms();
  yield* trapPrograms();
  yield* controlPrograms();
  yield* memoryPrograms();
  yield* stackPrograms();
  yield* gasPrograms();
  yield* outputPrograms();
  yield* wasiPrograms();
}
