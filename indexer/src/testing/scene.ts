import * as batches from './batch-actions.js';
import * as disputes from './dispute-actions.js';
import type { NetworkBatch } from './network.js';
import { Network } from './network.js';
import { pausePayouts } from './payout-actions.js';
import { picks, play } from './play.js';
import * as trust from './trust-actions.js';

/** A network of which an index can be wrong in everything that the chain is asked about. */
export interface Scene {
  readonly net: Network;
  /** Withheld, audited, and slashed for. */
  readonly batch: NetworkBatch;
  /** Withheld before, and slashed for: that is over. */
  readonly other: NetworkBatch;
  /** The slash that waits. */
  readonly slash: bigint;
  /** The dispute that is voted on. */
  readonly dispute: bigint;
}

const must = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('the network has no such thing; take another seed');
  return found;
};

/** Lets much happen, the same each time. */
export const sceneOf = (seed: number): Scene => {
  const net = play(new Network(), picks(seed, 1_500));
  const held = [...net.batches.values()].filter(
    ({ jobId, index, state }) =>
      !['Queued', 'Ended', 'Final'].includes(state) && index >= (net.jobs.get(jobId)?.prunedBatches ?? 0),
  );
  const [batch, other] = [must(held[0]), must(held[1])];
  trust.changeParams(net);
  for (const cause of ['released', 'reversed'] as const)
    trust.endSlash(net, trust.holdSlash(net, other), cause);
  const slash = trust.holdSlash(net, batch);
  for (const one of [batch, other]) trust.withhold(net, one);
  trust.endWithheld(net, other);
  trust.audit(net, batch);
  const challenged = must(held.find(({ state }) => ['Offered', 'Leased'].includes(state)));
  for (const step of [batches.commit, batches.coinsOver, batches.open]) step(net, challenged);
  disputes.challenge(net, challenged);
  const dispute = must([...net.disputes.keys()].at(-1));
  for (let steps = 0; steps < 3; steps += 1) disputes.vote(net, challenged);
  if (net.pausedHeight === 0) pausePayouts(net);
  net.endBlock();
  return { net, batch, other, slash, dispute };
};
