import type { Block, BlockTx } from '../../types/block.js';
import type { PlacedEvent } from '../../types/events.js';
import { decodeEvents } from '../events/decode-events.js';
import { blockResultsRequest, type RawBlock, type RawBlockResults } from '../rpc/requests.js';
import type { RpcRequest } from '../rpc/rpc-client.js';
import { ShapeError } from '../rpc/shape.js';
import { txHash } from '../tx/sign-tx.js';

/** What a block's results say of its transactions and events. */
export interface Outcome {
  readonly txs: readonly Omit<BlockTx, 'hash'>[];
  readonly events: readonly PlacedEvent[];
  readonly unknownEvents: number;
}

/** The results of a block with the events of this system. */
export const outcomeRequest = (height: number): RpcRequest<Outcome> => {
  const request = blockResultsRequest(height);
  return {
    ...request,
    parse: (result, endpoint) => toOutcome(height, request.parse(result, endpoint)),
  };
};

function toOutcome(height: number, results: RawBlockResults): Outcome {
  const raws = results.txs.map(({ code, events }) => (code === 0 ? events : []));
  const events = [
    ...raws.flatMap((raw, txIndex) => decodeEvents(raw, { height, txIndex })),
    ...decodeEvents(results.events, { height, txIndex: null }),
  ];
  const all = raws.reduce((sum, raw) => sum + raw.length, results.events.length);
  return {
    txs: results.txs.map(({ events: _, ...tx }) => tx),
    events,
    unknownEvents: all - events.length,
  };
}

/** A block with the events of this system. Throws `ShapeError` where it and its results do not fit. */
export function toBlock({ txs: bytes, ...header }: RawBlock, { txs, events, unknownEvents }: Outcome): Block {
  if (bytes.length !== txs.length) throw new ShapeError(['txs_results'], `of ${bytes.length} transactions`);
  const hashed = txs.map((tx, i) => ({ hash: txHash(bytes[i] as Uint8Array), ...tx }));
  return { ...header, txs: hashed, events, unknownEvents };
}
