/** The user asked the command to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** Aborts on the first SIGINT or SIGTERM; a second one ends the process at once. */
export function endSignal(): AbortSignal {
  const controller = new AbortController();
  const end = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new InterruptedError('interrupted'));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return controller.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
