import { check } from '@dmcn/runtime';
import type { Case } from '../case.js';
import { makeCommand } from './make-command.js';
import { Seeded } from './seeded.js';
import { Translator } from './translate.js';

const PAGE = 65_536;

/** Bytes of randomness of a module: small ones are quick, large ones have more in them. */
const SIZES = [120, 300, 300, 800, 2_500];

/** How many modules are made at the same time. */
const AT_ONCE = 4;

/** The cases `random/FROM` and the following; each follows from its number alone. */
export async function* randomCases(from: number, count: number): AsyncIterable<Case> {
  const translator = await Translator.open();
  const coming: Promise<Case>[] = [];
  try {
    for (let number = from; number < from + count || coming.length > 0; number++) {
      if (number < from + count) coming.push(randomCase(translator, number));
      if (coming.length >= AT_ONCE || number >= from + count) {
        const next = await coming.shift();
        if (next !== undefined) yield next;
      }
    }
  } finally {
    await Promise.allSettled(coming);
    await translator.close();
  }
}

/** The first module of the number's stream that the profile accepts. */
async function randomCase(translator: Translator, number: number): Promise<Case> {
  for (let attempt = 0; ; attempt++) {
    const seeded = new Seeded(`dmcn/random/${number}/${attempt}`);
    const outOfBounds = seeded.below(8) === 0;
    const raw = await translator.translate(seeded.bytes(seeded.pick(SIZES)), `${number}-${attempt}`, {
      outOfBounds,
    });
    const module = makeCommand(raw, seeded);
    if (check(module).length > 0) continue;
    return {
      name: `random/${number}`,
      module,
      input: seeded.bytes(seeded.below(64)),
      args: [],
      unit: seeded.u32(),
      gasLimit: BigInt(seeded.pick([2_000_000, 5_000_000, 5_000_000, 15_000_000])),
      memoryLimit: seeded.pick([64, 256, 1_024]) * PAGE,
    };
  }
}
