import { BlobUnreachableError } from '../errors.js';

/** How often a transient failure is tried again, and how long to wait in between. */
export interface RetryPolicy {
  /** Tries in all, at least 1. */
  readonly attempts: number;
  /** Wait before the second try in milliseconds; it doubles with each further one up to five seconds, half of it by chance. */
  readonly delayMs: number;
}

const LONGEST_DELAY_MS = 5_000;
/** A transfer that breaks off and goes on more often than this has failed. */
const MOST_BREAKS = 64;

/**
 * Goes on at once with a transfer that broke off as long as each try moves it forward. Rejects with what the last try
 * rejected with.
 */
export async function whileItMoves<T>(transfer: () => Promise<T>, position: () => number): Promise<T> {
  for (let breaks = 0; ; breaks++) {
    const before = position();
    try {
      return await transfer();
    } catch (error) {
      const moved = position() > before;
      if (!(error instanceof BlobUnreachableError) || !moved || breaks >= MOST_BREAKS) throw error;
    }
  }
}

/** Waits before the try after `attempt`. Rejects with the signal's reason. */
export function pause(attempt: number, { delayMs }: RetryPolicy, signal?: AbortSignal): Promise<void> {
  const longest = Math.min(delayMs * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return sleep(longest / 2 + (Math.random() * longest) / 2, signal);
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
