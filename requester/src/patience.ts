import { BaseError, BlockUnavailableError } from '@dmcn/chain-client';

const pauseMs = 1_000;

/** Resolves after a second, or as soon as the signal aborts. */
export function pause(signal: AbortSignal | undefined, ms = pauseMs): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
  });
}

/** True where the chain cannot be asked now, but may be later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof BaseError && error.retryable && !(error instanceof BlockUnavailableError);

/**
 * The result of asking the chain, asked again every second while no endpoint answers. `onTrouble` is told of each failure.
 * Rejects with the signal's reason, and with what is no passing trouble.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  { signal, onTrouble }: { readonly signal: AbortSignal; readonly onTrouble: (error: unknown) => void },
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      onTrouble(error);
      await pause(signal);
    }
  }
}
