import type { ChainHash } from '../types/primitives.js';
import { BaseError } from './base.js';

/** Time ran out before it was known whether a transaction was included. It may be yet, until `expires`. */
export class BroadcastTimeoutError extends BaseError {
  constructor(
    readonly hash: ChainHash,
    readonly expires: Date,
    cause?: unknown,
  ) {
    super(
      `transaction ${hash} was broadcast but is in no block yet; look it up by its hash after ${expires.toISOString()} before doing the same again`,
      { cause },
    );
  }
}

/** A transaction is in no block and never will be: its time is over. Nothing of it happened. */
export class TransactionExpiredError extends BaseError {
  constructor(
    readonly hash: ChainHash,
    readonly expires: Date,
  ) {
    super(
      `transaction ${hash} was not included before it expired at ${expires.toISOString()}; nothing of it happened, submit it again`,
      { retryable: true },
    );
  }
}
