import type { Case } from '../case.js';
import type { Engine } from '../engines/engine.js';
import { difference, type Outcome } from '../outcome.js';
import { reduceBytes } from './reduce-bytes.js';
import { reduceModule } from './reduce-module.js';

/** A case with a smaller module and input on which two engines still differ in the same respect. */
export async function minimise(original: Case, one: Engine, other: Engine): Promise<Case> {
  const respect = await respectOf(original, one, other);
  if (respect === undefined) return original;
  const differs = async (candidate: Case): Promise<boolean> =>
    (await respectOf(candidate, one, other)) === respect;
  const input = await reduceBytes(original.input, (bytes) => differs({ ...original, input: bytes }));
  const module = await reduceModule(original.module, (bytes) =>
    differs({ ...original, input, module: bytes }),
  );
  return { ...original, input, module };
}

async function respectOf(each: Case, one: Engine, other: Engine): Promise<string | undefined> {
  const [first, second] = await Promise.all(
    [one, other].map(async (engine) => (await engine.run([each]))[0]),
  );
  const none: Outcome = { kind: 'none', reason: 'it was not told' };
  return difference(first ?? none, second ?? none);
}
