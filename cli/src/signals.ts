/** The user asked the command to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** Exit code of a command that was ended by force. */
export const FORCED = 130;
/** What a command may take to leave things in order when it is ended by force. */
const FORCED_MS = 500;

/** How the user ends a command. */
export interface EndSignals {
  /** Aborts on the first SIGINT or SIGTERM. */
  readonly end: AbortSignal;
  /** Aborts on the second one, half a second before the process ends. */
  readonly force: AbortSignal;
}

/** Listens to SIGINT and SIGTERM; the one place that does. */
export function endSignals(): EndSignals {
  const [end, force] = [new AbortController(), new AbortController()];
  const interrupt = () => {
    if (!end.signal.aborted) return end.abort(new InterruptedError('interrupted'));
    force.abort(new InterruptedError('ended by force'));
    setTimeout(() => process.exit(FORCED), FORCED_MS);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return { end: end.signal, force: force.signal };
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
