import { ask } from './ask.js';
import { streamBlocks } from './block-stream.js';
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
/** Between questions while no block is sent by itself. */
const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 3_000;
/** After a block that was sent: how long the next one may take before the page asks what is the matter. */
const SILENCE_MS = 10_000;

const listeners = new Set<() => void>();
let pulse: Pulse = { beat: undefined, lost: false };
let head = 0;
let timer: number | undefined;
let asking = false;
let endStream: (() => void) | undefined;

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

function lookIn(ms: number): void {
  window.clearTimeout(timer);
  if (endStream) timer = window.setTimeout(look, ms);
}

async function look(): Promise<void> {
  if (asking) return;
  asking = true;
  let next = EVERY_MS;
  try {
    const { standing } = await ask(HEAD, {}, AbortSignal.timeout(10_000));
    const { chainId, height, lag, blockTime } = standing;
    head = standing.head;
    tell({ beat: { chainId, height, lag, time: Date.parse(blockTime) }, lost: false });
  } catch {
    next = AFTER_FAILURE_MS;
    tell({ ...pulse, lost: true });
  }
  asking = false;
  lookIn(next);
}

/** A block that was sent says all but the chain's id, and how far the index is behind what it last knew of. */
function onBlock({ height, time }: { readonly height: number; readonly time: string }): void {
  const { beat } = pulse;
  if (!beat) return;
  head = Math.max(head, height);
  if (height > beat.height)
    tell({ beat: { ...beat, height, lag: head - height, time: Date.parse(time) }, lost: false });
  lookIn(SILENCE_MS);
}

/** Follows the chain while the page can be seen: pages behind others keep no connection. */
function wake(): void {
  const visible = listeners.size > 0 && document.visibilityState === 'visible';
  if (!visible) {
    window.clearTimeout(timer);
    endStream?.();
    endStream = undefined;
  } else if (!endStream) {
    endStream = streamBlocks({ onBlock, onBreak: () => lookIn(0) });
    void look();
  }
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
    document.removeEventListener('visibilitychange', wake);
    wake();
  };
}
