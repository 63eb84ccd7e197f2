import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainClient } from '@dmcn/chain-client';
import { type Clock, keepSchedule, type Schedule, type WorkerIdentity } from '@dmcn/worker';
import { aborted } from '../signals.js';
import type { pauseNoteIn } from './at-home.js';
import type { Reporter } from './report.js';

const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

interface ShiftParts {
  readonly chain: ChainClient;
  readonly note: ReturnType<typeof pauseNoteIn>;
  readonly reporter: Reporter;
}

/**
 * Keeps a schedule, if there is one, until the signal aborts. Resolves when it has let go of the worker's place in the draw, so that nothing
 * brings back a worker that leaves it for good.
 */
export async function keepShift(
  schedule: Schedule | undefined,
  identity: WorkerIdentity,
  { chain, note, reporter }: ShiftParts,
  signal: AbortSignal,
): Promise<void> {
  if (!schedule) return aborted(signal);
  const hooks = { onShift: reporter.shift, onNotice: reporter.notice };
  await keepSchedule(schedule, identity, { chain, clock: wallClock, note }, hooks, signal);
}
