import { BlockUnavailableError } from '../../errors/index.js';
import type { Block } from '../../types/block.js';
import type { CosmosContext } from '../context.js';
import { present } from '../convert/scalar.js';
import { decodeEvents } from '../events/decode-events.js';
import { RpcError } from '../rpc/endpoint.js';
import { readable } from '../rpc/readable.js';
import {
  blockRequest,
  blockResultsRequest,
  type RawBlock,
  type RawBlockResults,
  statusRequest,
} from '../rpc/requests.js';
import { txHash } from '../tx/sign-tx.js';

/** One block with the events of this system. Throws `BlockUnavailableError` for one that is not there yet or no more. */
export async function fetchBlock(context: CosmosContext, height: number): Promise<Block> {
  const { rpc } = context;
  try {
    const [block, results] = await Promise.all([
      rpc.call(blockRequest(height)),
      rpc.call(blockResultsRequest(height)),
    ]);
    return readable(rpc, `block ${height}`, () => toBlock(block, results));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { earliestHeight, height: latest } = await rpc.call(statusRequest);
    throw new BlockUnavailableError(height, earliestHeight, latest, error);
  }
}

function toBlock(block: RawBlock, results: RawBlockResults): Block {
  const { height, txs, ...header } = block;
  const outcomes = txs.map((tx, txIndex) => {
    const { events, ...outcome } = present(results.txs[txIndex], `result of transaction ${txIndex}`);
    return { hash: txHash(tx), ...outcome, raw: outcome.code === 0 ? events : [] };
  });
  const events = [
    ...outcomes.flatMap(({ raw }, txIndex) => decodeEvents(raw, { height, txIndex })),
    ...decodeEvents(results.events, { height, txIndex: null }),
  ];
  const all = outcomes.reduce((sum, { raw }) => sum + raw.length, results.events.length);
  return {
    ...header,
    height,
    txs: outcomes.map(({ raw: _, ...outcome }) => outcome),
    events,
    unknownEvents: all - events.length,
  };
}
