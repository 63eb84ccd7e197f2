import { setTimeout as sleep } from 'node:timers/promises';
import { BaseError } from '@dmcn/chain-client';

const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 5_000;

/** Waits, or less when the signal aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

/** Asks again and again, ever more slowly, while what comes back is retryable and nobody aborted; tells each failure. */
export const untilAnswered = async <T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  onDelay?: (reason: unknown) => void,
): Promise<T> => {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, LAST_DELAY_MS)) {
    try {
      return await ask();
    } catch (error) {
      const again = error instanceof BaseError && error.retryable && !signal.aborted;
      if (!again) throw error;
      onDelay?.(error);
      await pause(delay, signal);
    }
  }
};
