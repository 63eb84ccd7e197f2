import { ask } from './ask.js';
import { graphql } from './graphql.js';

/** What the page knows of the chain's newest block. */
export interface Beat {
  readonly chainId: string;
  readonly height: number;
  readonly lag: number;
  /** Of the block, in milliseconds. */
  readonly time: number;
}

/** `lost` once the API did not answer the last time; `beat` is then the last one known. */
export interface Pulse {
  readonly beat: Beat | undefined;
  readonly lost: boolean;
}

const HEAD = graphql('query Head { network { height } }');
const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 3_000;

const listeners = new Set<() => void>();
let pulse: Pulse = { beat: undefined, lost: false };
let timer: number | undefined;
let asking = false;

function tell(next: Pulse): void {
  if (
    next.lost === pulse.lost &&
    next.beat?.height === pulse.beat?.height &&
    next.beat?.lag === pulse.beat?.lag
  )
    return;
  pulse = next;
  for (const listener of listeners) listener();
}

async function look(): Promise<void> {
  if (asking) return;
  asking = true;
  let next = EVERY_MS;
  try {
    const { standing } = await ask(HEAD, {}, AbortSignal.timeout(10_000));
    const { chainId, height, lag, blockTime } = standing;
    tell({ beat: { chainId, height, lag, time: Date.parse(blockTime) }, lost: false });
  } catch {
    next = AFTER_FAILURE_MS;
    tell({ ...pulse, lost: true });
  }
  asking = false;
  if (listeners.size > 0 && document.visibilityState === 'visible') timer = window.setTimeout(look, next);
}

function wake(): void {
  window.clearTimeout(timer);
  if (document.visibilityState === 'visible') void look();
}

/** The newest pulse. */
export const pulseNow = (): Pulse => pulse;

/** Calls `listener` at every new block while the page is visible; returns what ends that. */
export function onPulse(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', wake);
    wake();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
  };
}
