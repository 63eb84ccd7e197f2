import { BaseError } from './base.js';

/** A text or bytes that are no account of this chain. */
export class InvalidAddressError extends BaseError {
  constructor(
    readonly address: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`${address} is no account of this chain: ${reason}`, { cause });
  }
}

/** A message with a value that no chain could accept, found before anything was sent. */
export class InvalidMessageError extends BaseError {
  constructor(
    readonly field: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`${field} ${reason}`, { cause });
  }
}

/** The client was closed while something was under way. */
export class ClientClosedError extends BaseError {
  constructor() {
    super('the chain client was closed; make a new one');
  }
}
