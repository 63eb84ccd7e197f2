import { BaseError } from '../errors/index.js';

/**
 * Why an index gives no answer that can be used: it is out of reach, has not come to the block that is asked for, is one
 * of another chain, refuses the question, or says what makes no sense.
 */
export type IndexFault = 'unreachable' | 'behind' | 'other_chain' | 'refused' | 'nonsense';

/** An index gave no answer that can be used. The chain has one. */
export class IndexError extends BaseError {
  constructor(
    readonly url: string,
    readonly fault: IndexFault,
    reason: string,
    cause?: unknown,
  ) {
    super(`the index at ${url} ${reason}`, {
      cause,
      retryable: fault === 'unreachable' || fault === 'behind',
    });
  }
}
