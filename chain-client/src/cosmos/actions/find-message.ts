import { Tx } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import type { ChainHash } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { blockRequest, blockResultsRequest } from '../rpc/requests.js';
import { txHash } from '../tx/sign-tx.js';

/** Which message to look for, and in which block. */
export interface FindMessageParams<M> {
  readonly height: number;
  readonly typeUrl: string;
  readonly decode: (bytes: Uint8Array) => M;
  readonly matches: (message: M) => boolean;
}

/** A message as it stands in a block. */
export interface FoundMessage<M> {
  readonly message: M;
  readonly height: number;
  readonly txHash: ChainHash;
}

/** The first message of a block's successful transactions that matches; undefined where there is none. */
export async function findMessage<M>(
  { rpc }: CosmosContext,
  { height, typeUrl, decode, matches }: FindMessageParams<M>,
): Promise<FoundMessage<M> | undefined> {
  const [block, results] = await Promise.all([
    rpc.call(blockRequest(height)),
    rpc.call(blockResultsRequest(height)),
  ]);
  for (const [index, tx] of block.txs.entries()) {
    if (results.txs[index]?.code !== 0) continue;
    for (const any of messagesOf(tx)) {
      if (any.typeUrl !== typeUrl) continue;
      const message = decode(any.value);
      if (matches(message)) return { message, height, txHash: txHash(tx) };
    }
  }
  return undefined;
}

/** Blocks also carry what is no transaction of an account, such as the beacon's proof. */
function messagesOf(tx: Uint8Array) {
  try {
    return Tx.decode(tx).body?.messages ?? [];
  } catch {
    return [];
  }
}
