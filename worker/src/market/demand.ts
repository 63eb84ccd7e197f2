import { type ChainClient, type ChainReader, everyPage, type Price } from '@dmcn/chain-client';
import {
  type Answered,
  type Demand,
  demandInIndex,
  indexFirst,
  type Sources,
} from '@dmcn/chain-client/indexed';

/**
 * The work that waits for somebody at a worker's price, for its owner to see; nothing is signed because of it. An index
 * tells also of batches that are drawn again and of what was last paid, the chain does not. Rejects as the chain does.
 */
export const readDemand = (
  sources: Sources<ChainClient>,
  owner: string,
  ask: Price,
): Promise<Answered<Demand>> =>
  indexFirst(sources, demandInIndex(ask), (chain) => demandOnChain(chain, owner, ask));

/** From what the draw of each job that is not over says to a worker. */
export async function demandOnChain(chain: ChainReader, owner: string, ask: Price): Promise<Demand> {
  const draws = await everyPage((page) => chain.workerDraws({ ...page, worker: owner }));
  const waiting = draws
    .map(({ job }) => job)
    .filter(({ state, cancelled, spec }) => state === 'Open' && !cancelled && spec.maxPrice >= ask);
  return {
    jobs: waiting.length,
    batches: waiting.reduce((sum, { batches, nextBatch }) => sum + batches - nextBatch, 0),
    units: waiting.reduce(
      (sum, { spec, nextBatch }) => sum + Math.max(spec.units - nextBatch * spec.batchSize, 0),
      0,
    ),
  };
}
