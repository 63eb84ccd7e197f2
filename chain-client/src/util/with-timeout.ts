import { onAbort } from './on-abort.js';

/** Runs work under a signal that aborts after a time or with the caller's signal. Nothing of it outlives the work. */
export async function withTimeout<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${ms} ms`)), ms);
  const callOff = onAbort(signal, () => controller.abort(signal?.reason));
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    callOff();
  }
}
