type Callback = () => void;

const callbacks = new WeakMap<AbortSignal, Set<Callback>>();

/**
 * Calls back once when the signal aborts, at once where it has. Returns how to call that off. However many listen, the
 * signal has one listener of ours: long-lived signals are shared by hundreds of calls, and runtimes take that for a leak.
 */
export function onAbort(signal: AbortSignal | undefined, callback: Callback): () => void {
  if (!signal) return () => {};
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const waiting = callbacks.get(signal) ?? listen(signal);
  const entry = () => callback();
  waiting.add(entry);
  return () => waiting.delete(entry);
}

function listen(signal: AbortSignal): Set<Callback> {
  const waiting = new Set<Callback>();
  callbacks.set(signal, waiting);
  signal.addEventListener(
    'abort',
    () => {
      for (const callback of waiting) callback();
      waiting.clear();
    },
    { once: true },
  );
  return waiting;
}
