import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useState } from 'preact/hooks';
import { type Answer, ask, type UnreachableError } from './ask.js';
import { onPulse, type Pulse, pulseNow } from './heartbeat.js';

/** What a page has of its answer. `stale` says why the newest one could not be had. */
export type Asked<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error }
  | ({ readonly state: 'ready'; readonly stale: Error | undefined } & Answer<T>);

const AGAIN_MS = 2_000;

/** The API's answer, kept up to date: asked again at every new block, never twice at once. */
export function useAnswer<T, V>(operation: TadaDocumentNode<T, V>, variables: V): Asked<T> {
  const key = JSON.stringify(variables);
  const [held, hold] = useState<{ key: string; asked: Asked<T> }>({ key, asked: { state: 'loading' } });
  useEffect(() => {
    const abort = new AbortController();
    let answered = -1;
    let busy = false;
    let retry: number | undefined;
    const wanted = JSON.parse(key) as V;
    const failed = (error: UnreachableError) => {
      hold((before) =>
        before.key === key && before.asked.state === 'ready'
          ? { key, asked: { ...before.asked, stale: error } }
          : { key, asked: { state: 'failed', error } },
      );
      if (error.retryable) retry = window.setTimeout(refresh, AGAIN_MS);
    };
    const refresh = async () => {
      if (busy || (pulseNow().beat?.height ?? 0) <= answered) return;
      busy = true;
      try {
        const answer = await ask(operation, wanted, abort.signal);
        answered = answer.standing.height;
        hold({ key, asked: { state: 'ready', stale: undefined, ...answer } });
      } catch (error) {
        if (!abort.signal.aborted) failed(error as UnreachableError);
      } finally {
        busy = false;
      }
    };
    void refresh();
    const end = onPulse(refresh);
    return () => {
      end();
      abort.abort();
      window.clearTimeout(retry);
    };
  }, [operation, key]);
  return held.key === key ? held.asked : { state: 'loading' };
}

/** The newest block, as it comes. */
export function usePulse(): Pulse {
  const [pulse, setPulse] = useState(pulseNow);
  useEffect(() => onPulse(() => setPulse(pulseNow())), []);
  return pulse;
}
