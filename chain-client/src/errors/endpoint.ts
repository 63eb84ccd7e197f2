import { BaseError } from './base.js';

/** No endpoint answered: connection refused or lost, timeout, overload. Nothing that was asked for has happened. */
export class EndpointUnreachableError extends BaseError {
  constructor(
    readonly endpoints: readonly string[],
    cause?: unknown,
  ) {
    super(
      `no endpoint answered (${endpoints.join(', ')}): ${cause instanceof Error ? cause.message : 'unknown reason'}; check that a node runs there`,
      { cause, retryable: true },
    );
  }
}

/** An endpoint answered something that makes no sense. */
export class BadResponseError extends BaseError {
  constructor(
    readonly endpoint: string,
    readonly what: string,
    cause?: unknown,
  ) {
    super(`${endpoint} gave a bad answer: ${what}; use another endpoint`, { cause, retryable: true });
  }
}

/** An endpoint belongs to another chain. */
export class WrongChainError extends BaseError {
  constructor(
    readonly endpoint: string,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`${endpoint} is a node of chain ${actual}, not ${expected}; remove it or choose the other chain`);
  }
}
