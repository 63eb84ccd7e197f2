import { fromHex } from '@cosmjs/encoding';
import { NotFoundError } from '../../errors/index.js';
import type { ChainHash } from '../../types/primitives.js';
import type { TxRecord } from '../../types/receipt.js';
import type { CosmosContext } from '../context.js';
import { RpcError } from '../rpc/errors.js';
import { readable } from '../rpc/readable.js';
import { txRequest } from '../rpc/requests.js';
import { toTxRecord } from '../tx/tx-record.js';

/** An executed transaction, from the endpoints' index. */
export async function getTransaction({ rpc }: CosmosContext, hash: ChainHash): Promise<TxRecord> {
  try {
    const raw = await rpc.call(txRequest(fromHex(hash)));
    return readable(rpc, `transaction ${hash}`, () => toTxRecord(raw));
  } catch (error) {
    if (error instanceof RpcError && /not found/.test(error.message)) {
      throw new NotFoundError('transaction', hash, error);
    }
    throw error;
  }
}
