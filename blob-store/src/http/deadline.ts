/** Bytes a second below which a transfer counts as stalled. */
export const MIN_BYTES_PER_SECOND = 64 * 1024;

/**
 * A time limit that grows with the bytes moved: a large blob may take long, a peer that trickles may not.
 * Whoever holds one must `clear` it.
 */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Allows the time that so many more bytes take at the lowest rate. */
  extend(bytes: number): void;
  clear(): void;
}

/** Starts a limit of `timeoutMs` whose signal also follows the caller's own. */
export function startDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  let endsAt = Date.now() + timeoutMs;
  let timer: ReturnType<typeof setTimeout>;
  const check = (): void => {
    const left = endsAt - Date.now();
    if (left > 0) timer = setTimeout(check, left);
    else controller.abort(new DOMException(`nothing more after ${timeoutMs} ms`, 'TimeoutError'));
  };
  timer = setTimeout(check, timeoutMs);
  return {
    signal: caller === undefined ? controller.signal : AbortSignal.any([controller.signal, caller]),
    extend: (bytes) => {
      endsAt += (bytes * 1000) / MIN_BYTES_PER_SECOND;
    },
    clear: () => clearTimeout(timer),
  };
}
