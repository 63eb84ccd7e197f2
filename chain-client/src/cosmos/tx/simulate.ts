import { fromUtf8 } from '@cosmjs/encoding';
import { ChainRejectedError } from '../../errors/index.js';
import type { CosmosContext } from '../context.js';
import { readable } from '../rpc/readable.js';
import { abciQueryRequest } from '../rpc/requests.js';
import { bigintAt } from '../rpc/shape.js';
import { reasonOf } from './rejections.js';

/** Largest transaction that fits into a query, which carries it as hex in at most 1,000,000 bytes. */
export const largestSimulated = 490_000;

/**
 * The gas that a transaction uses on the newest state. Throws `ChainRejectedError` when it would be refused; nothing is
 * paid for that.
 */
export async function simulate({ rpc }: CosmosContext, tx: Uint8Array): Promise<bigint> {
  const { code, codespace, log, value } = await rpc.call(abciQueryRequest('/app/simulate', tx));
  if (code !== 0) throw new ChainRejectedError({ codespace, code, log, ...reasonOf(codespace, code) });
  return readable(rpc, 'simulation', () => bigintAt(JSON.parse(fromUtf8(value)), 'gas_info', 'gas_used'));
}
