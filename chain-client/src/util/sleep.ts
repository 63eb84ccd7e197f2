import { onAbort } from './on-abort.js';

/** Resolves after the time or, without an error, as soon as the signal aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      callOff();
      resolve();
    }, ms);
    const callOff = onAbort(signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
