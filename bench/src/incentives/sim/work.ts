import type { Batch, View, Work, Worker } from './types.js';

/** What an honest worker commits. */
export function honestWork({ scenario }: View): Work {
  const { terms } = scenario;
  return { leaves: Array(terms.batchSize).fill(0), executed: terms.batchSize, gas: terms.gas };
}

/** A leaf that somebody makes up: right where the output can be foreseen, else like no other's. */
export function guess(view: View, batch: Batch, { id }: Worker, position: number): number {
  const right =
    view.chance('chance', batch.id, batch.epoch, id, 100 + position) < (view.scenario.foreseeable ?? 0);
  return right ? 0 : 1_000 + id;
}
