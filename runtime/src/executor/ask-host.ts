import { UnitAbandonedError } from '../run/errors.js';
import type { FromHost, ToHost, UnitHost } from './unit-host.js';

/** What can end a unit from outside, and who reads its stderr. */
export interface Watch {
  readonly wallLimitMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStderr?: ((bytes: Uint8Array) => void) | undefined;
}

/**
 * One message to a host and its answer. Whatever ends it from outside kills the host.
 * @throws UnitAbandonedError
 */
export function askHost(
  host: UnitHost,
  message: ToHost,
  { wallLimitMs, signal, onStderr }: Watch,
): Promise<FromHost> {
  if (signal?.aborted) return Promise.reject(aborted(signal));
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      stopListening();
      finish();
    };
    const abandon = (error: UnitAbandonedError): void => settle(() => reject(error));
    const stop = (error: UnitAbandonedError): void => {
      abandon(error);
      void host.kill();
    };
    const onAbort = (): void => stop(aborted(signal));
    const timer = setTimeout(
      () => stop(new UnitAbandonedError('timeout', `it ran longer than ${wallLimitMs} ms`)),
      wallLimitMs,
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    const stopListening = host.ask(message, {
      onAnswer: (answer) => {
        if (answer.kind === 'stderr') onStderr?.(answer.bytes);
        else if (answer.kind === 'abandoned') abandon(new UnitAbandonedError(answer.reason, answer.detail));
        else settle(() => resolve(answer));
      },
      onEnd: (why, cause) => abandon(new UnitAbandonedError('crash', why, { cause })),
    });
  });
}

/** What a caller that gives up gets. */
export function aborted(signal: AbortSignal | undefined): UnitAbandonedError {
  return new UnitAbandonedError('aborted', 'its caller stopped it', { cause: signal?.reason });
}
