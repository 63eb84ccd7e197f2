import { BlockUnavailableError } from '../../errors/index.js';
import type { Block } from '../../types/block.js';
import type { CosmosContext } from '../context.js';
import { outcomeRequest, toBlock } from '../convert/block.js';
import { RpcError } from '../rpc/errors.js';
import { readable } from '../rpc/readable.js';
import { blockRequest, statusRequest } from '../rpc/requests.js';

/** One block with the events of this system. Throws `BlockUnavailableError` for one that is not there yet or no more. */
export async function fetchBlock(context: CosmosContext, height: number): Promise<Block> {
  const { rpc } = context;
  try {
    const [block, outcome] = await Promise.all([
      rpc.call(blockRequest(height)),
      rpc.call(outcomeRequest(height)),
    ]);
    return readable(rpc, `block ${height}`, () => toBlock(block, outcome));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { earliestHeight, height: latest } = await rpc.call(statusRequest);
    throw new BlockUnavailableError(height, earliestHeight, latest, error);
  }
}
