import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { runWorker } from '@dmcn/worker';
import type { Cheater, CheaterPart } from './cheater.js';
import { lifeOf } from './lead.js';
import { type CheaterKind, cheaters } from './table.js';

const LOOK_MS = 500;

/**
 * The life that a process of a cheater leads, in place of `runWorker`; its accomplice is the worker in another home.
 * @throws RangeError for a part that the kind does not have, or one without the accomplice that it needs
 */
export function cheaterLife(kind: CheaterKind, part: string, accomplice?: string): typeof runWorker {
  const found = partOf(kind, part);
  if (Object.keys(cheaters[kind].parts).length > 1 && accomplice === undefined)
    throw new RangeError(`the ${part} of ${kind} needs an accomplice: name the home of its other part`);
  return lifeOf(found, () => ownerIn(accomplice ?? ''));
}

/**
 * What the operator of a part spends in its own name, in udmc, which its owner gives it before it works.
 * @throws RangeError for a part that the kind does not have
 */
export const cheaterPurse = (kind: CheaterKind, part: string): bigint => partOf(kind, part).purse ?? 0n;

function partOf(kind: CheaterKind, part: string): CheaterPart {
  const { parts }: Cheater = cheaters[kind];
  const found = parts[part];
  if (found === undefined)
    throw new RangeError(`${kind} has no part ${part}: it has ${Object.keys(parts).join(' and ')}`);
  return found;
}

/** The owner of the worker in a home, once one was started there. */
async function ownerIn(home: string): Promise<string> {
  const file = join(home, 'worker.json');
  for (;;) {
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { owner: string }).owner;
    await sleep(LOOK_MS);
  }
}
