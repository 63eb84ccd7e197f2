import { Tx } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { ChainRejectedError } from '../../errors/index.js';
import type { Udmc } from '../../types/primitives.js';
import type { Receipt, TxRecord } from '../../types/receipt.js';
import { udmcOf } from '../coin.js';
import { decodeEvents } from '../events/decode-events.js';
import type { RawTx } from '../rpc/requests.js';
import { reasonOf } from './rejections.js';
import { txHash } from './sign-tx.js';

/** A transaction of a block in our own types. Throws `ShapeError`. */
export function toTxRecord({ height, index, tx, result }: RawTx): TxRecord {
  const { code, codespace, log, gasUsed, events } = result;
  return {
    hash: txHash(tx),
    height,
    code,
    codespace,
    log,
    gasUsed,
    fee: feeOf(tx),
    events: code === 0 ? decodeEvents(events, { height, txIndex: index }) : [],
  };
}

/** The receipt of an executed transaction. Throws `ChainRejectedError` for one that failed. */
export function toReceipt(raw: RawTx): Receipt {
  const { hash, height, code, codespace, log, gasUsed, fee, events } = toTxRecord(raw);
  if (code === 0) return { hash, height, gasUsed, fee, events };
  throw new ChainRejectedError({ codespace, code, log, hash, height, ...reasonOf(codespace, code) });
}

/** True for a transaction that failed before its fee was taken and its expiry used up: it could still be executed. */
export const isUnused = ({ result }: RawTx): boolean => result.code !== 0 && result.events.length === 0;

function feeOf(tx: Uint8Array): Udmc {
  try {
    return udmcOf(Tx.decode(tx).authInfo?.fee?.amount ?? []);
  } catch {
    return 0n;
  }
}
