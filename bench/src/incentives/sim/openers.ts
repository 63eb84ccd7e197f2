import type { Network } from './network.js';
import { below } from './random.js';
import type { Batch } from './types.js';

/** The two validators whose referees got the keys. */
export function drawnOpeners(world: Network, { id, epoch }: Batch): number[] {
  return [0, 1].map((i) => below(world.scenario.validators, world.chance('opener', id, epoch, i)));
}
