import type { Message, MessageParams, MessageType } from '../types/message.js';
import type { Address, ChainHash } from '../types/primitives.js';
import type { Receipt, StoreModuleReceipt, SubmitJobReceipt } from '../types/receipt.js';
import type { Signer } from './signer.js';

/** A transaction that is about to be broadcast. Written down first, a restart can ask for it by its hash. */
export interface SignedTx {
  readonly hash: ChainHash;
  /** After a block of this time the transaction can no longer be included. */
  readonly expires: Date;
}

/** How a transaction is to be made and waited for. */
export interface SubmitOptions {
  readonly signer: Signer;
  /** Account that granted the signer its fees and pays this one. */
  readonly feeGranter?: Address;
  readonly memo?: string;
  /** Instead of a simulation. */
  readonly gasLimit?: bigint;
  /** How long to try in all, in milliseconds. Then `BroadcastTimeoutError`: unknown is not failed. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called, and waited for, before each transaction that is built reaches an endpoint. */
  readonly onSigned?: (tx: SignedTx) => void | Promise<void>;
}

/** The messages whose receipt says more than that they were executed. */
interface SpecialReceipts {
  readonly storeModule: StoreModuleReceipt;
  readonly submitJob: SubmitJobReceipt;
}

/** Receipt of a message, by the message's name. */
export type ReceiptOf<T extends MessageType> = T extends keyof SpecialReceipts ? SpecialReceipts[T] : Receipt;

/** One method for each message. */
type MessageMethods = {
  readonly [T in MessageType]: (params: MessageParams[T], options: SubmitOptions) => Promise<ReceiptOf<T>>;
};

/**
 * Writes. Each resolves once its transaction is in a block and was executed. They reject with `ChainRejectedError` when
 * the chain refused it, `BroadcastTimeoutError` when it is not known whether it was included, `EndpointUnreachableError`
 * when it surely never left. Any number may run at once, from one key too; none is ever executed twice.
 */
export interface ChainWriter extends MessageMethods {
  /** Executes the messages in one transaction: all of them or none. */
  submit(messages: readonly Message[], options: SubmitOptions): Promise<Receipt>;
}
