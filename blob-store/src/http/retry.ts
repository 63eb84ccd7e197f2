import { BlobUnreachableError } from '../errors.js';

/** How often a transient failure is tried again, and how long to wait in between. */
export interface RetryPolicy {
  /** Tries in all, at least 1. */
  readonly attempts: number;
  /** Wait before the second try in milliseconds; it doubles with each further one, with half of it by chance. */
  readonly delayMs: number;
}

/** Runs `action` again while it fails with BlobUnreachableError and tries are left. */
export async function withRetry<T>(
  action: () => Promise<T>,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof BlobUnreachableError) || attempt >= policy.attempts) throw error;
    }
    const longest = policy.delayMs * 2 ** (attempt - 1);
    await sleep(longest / 2 + (Math.random() * longest) / 2, signal);
  }
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
