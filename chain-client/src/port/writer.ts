import type { Message, MessageParams, MessageType } from '../types/message.js';
import type { Address, ChainHash, Udmc } from '../types/primitives.js';
import type { ChallengeReceipt, Receipt, StoreModuleReceipt, SubmitJobReceipt } from '../types/receipt.js';
import type { Signer } from './signer.js';

/**
 * A transaction that is about to be broadcast. Whoever keeps it can go on after a restart with `resume`, or ask for it by
 * its hash.
 */
export interface SignedTx {
  readonly hash: ChainHash;
  /** The whole transaction: broadcasting it again never executes it twice. */
  readonly bytes: Uint8Array;
  /** No block after this time can include it. */
  readonly expires: Date;
  /** Newest height when it was signed: it can only be in a later block. */
  readonly since: number;
}

/** How long to wait for a transaction. */
export interface WaitOptions {
  /** How long to try in all, in milliseconds, two minutes unless given. Then `BroadcastTimeoutError`: unknown is not failed. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** How a transaction is to be made and waited for. */
export interface SubmitOptions extends WaitOptions {
  readonly signer: Signer;
  /** Account that granted the signer its fees and pays this one. */
  readonly feeGranter?: Address;
  readonly memo?: string;
  /** Instead of a simulation. */
  readonly gasLimit?: bigint;
  /** Called, and waited for, before each transaction that is built reaches an endpoint. */
  readonly onSigned?: (tx: SignedTx) => void | Promise<void>;
}

/** What a transaction takes: given as `gasLimit`, its gas costs exactly the fee. */
export interface Quote {
  readonly gasLimit: bigint;
  readonly fee: Udmc;
}

/** The messages whose receipt says more than that they were executed. */
interface SpecialReceipts {
  readonly storeModule: StoreModuleReceipt;
  readonly submitJob: SubmitJobReceipt;
  readonly challenge: ChallengeReceipt;
}

/** Receipt of a message, by the message's name. */
export type ReceiptOf<T extends MessageType> = T extends keyof SpecialReceipts ? SpecialReceipts[T] : Receipt;

/** One method for each message. */
export type MessageMethods = {
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
  /** What executing the messages would take now, without doing it. Rejects as `submit` does where they would be refused. */
  quote(
    messages: readonly Message[],
    options: Pick<SubmitOptions, 'signer' | 'feeGranter' | 'signal'>,
  ): Promise<Quote>;
  /**
   * Goes on with a transaction that was signed before, by this process or one that is gone. Rejects with
   * `TransactionExpiredError` when it is in no block and never will be.
   */
  resume(tx: SignedTx, options?: WaitOptions): Promise<Receipt>;
}
