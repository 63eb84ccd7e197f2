import type { ChainClient } from '@dmcn/chain-client';
import type { WorkerIdentity } from '../ports.js';
import type { WorkerNotice } from '../state.js';
import { isOpen, nextChange } from './is-open.js';
import type { Schedule } from './windows.js';

/** The time, and waiting for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or early when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Who took the worker out of the draw; kept where a restart finds it. */
export type PausedBy = 'user' | 'schedule' | undefined;

export interface PauseNote {
  read(): PausedBy;
  write(by: PausedBy): void;
}

/** Where a schedule stands. */
export interface Shift {
  readonly open: boolean;
  /** When that changes, in milliseconds since 1970; undefined for never. */
  readonly until: number | undefined;
}

export interface SchedulePorts {
  readonly chain: Pick<ChainClient, 'worker' | 'pauseWorker' | 'resumeWorker'>;
  readonly clock: Clock;
  readonly note: PauseNote;
}

export interface ScheduleHooks {
  readonly onShift: (shift: Shift) => void;
  readonly onNotice: (notice: WorkerNotice) => void;
}

/** How often the chain is asked whether the worker is where the schedule wants it: clocks jump, machines sleep, messages fail. */
const RECHECK_MS = 30_000;

/** Where a schedule stands at a moment. */
export const shiftAt = (schedule: Schedule, at: number): Shift => ({
  open: isOpen(schedule, at),
  until: nextChange(schedule, at),
});

/**
 * Takes the worker out of the draw whenever its schedule closes and puts it back when it opens, until the signal aborts. What it holds it finishes all
 * the same. A pause that the user wanted stays.
 */
export async function keepSchedule(
  schedule: Schedule,
  { owner, operator }: Pick<WorkerIdentity, 'owner' | 'operator'>,
  { chain, clock, note }: SchedulePorts,
  { onShift, onNotice }: ScheduleHooks,
  signal: AbortSignal,
): Promise<void> {
  const asOperator = { signer: operator, feeGranter: owner, signal };
  const status = async () => (await chain.worker(owner)).worker.status;

  const close = async () => {
    if (note.read() === undefined) note.write('schedule');
    if ((await status()) === 'Active') await chain.pauseWorker({ owner }, asOperator);
  };
  const open = async () => {
    if (note.read() !== 'schedule') return;
    if ((await status()) === 'Paused') await chain.resumeWorker({ owner }, asOperator);
    note.write(undefined);
  };

  let shift: Shift | undefined;
  while (!signal.aborted) {
    const now = clock.now();
    const isOver = now >= (shift?.until ?? Number.POSITIVE_INFINITY);
    if (isOver || shift?.open !== isOpen(schedule, now)) {
      shift = shiftAt(schedule, now);
      onShift(shift);
    }
    try {
      await (shift.open ? open() : close());
    } catch (error) {
      const doing = shift.open ? 'resuming by its schedule' : 'pausing by its schedule';
      if (!signal.aborted) onNotice({ notice: 'failed', doing, error });
    }
    const rest = (shift.until ?? Number.POSITIVE_INFINITY) - clock.now();
    await clock.sleep(Math.max(0, Math.min(rest, RECHECK_MS)), signal);
  }
}
