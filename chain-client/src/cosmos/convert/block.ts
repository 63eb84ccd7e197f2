import type { Block } from '../../types/block.js';
import { decodeEvents } from '../events/decode-events.js';
import type { RawBlock, RawBlockResults } from '../rpc/requests.js';
import { txHash } from '../tx/sign-tx.js';
import { present } from './scalar.js';

/** A block with the events of this system. Throws `ShapeError` where it and its results do not fit. */
export function toBlock(block: RawBlock, results: RawBlockResults): Block {
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
