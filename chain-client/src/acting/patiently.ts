import { BaseError } from '../errors/index.js';
import type { ActingNotice } from './notice.js';

const RETRY_MS = 1_000;

/**
 * The result of something that may be done again, tried until an endpoint answers; tells once that none does. Rejects with
 * other errors, and when the signal aborts.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  tell: (notice: ActingNotice) => void,
  signal: AbortSignal,
): Promise<T> {
  for (let failed = false; ; failed = true) {
    signal.throwIfAborted();
    try {
      const result = await work();
      if (failed) tell({ notice: 'reachable' });
      return result;
    } catch (error) {
      if (signal.aborted || !(error instanceof BaseError && error.retryable)) throw error;
      if (!failed) tell({ notice: 'unreachable', error });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
