import { MINUTES_A_DAY, type Schedule, type Window, weekdays } from './windows.js';

const MINUTE = 60_000;

/** Time zones change their offset at full quarters of an hour only. */
const STEP = 15;

/** Every window begins or ends within a week; a day more for changes of the clock. */
const HORIZON = 8 * MINUTES_A_DAY;

/** A moment as the clocks on the wall show it: day of the week, 0 for Monday, and minute of the day. */
interface WallTime {
  readonly day: number;
  readonly minute: number;
}

/** Whether a moment, in milliseconds since 1970, lies within a window. A time that clocks skip is in none, one that they repeat counts twice. */
export function isOpen(schedule: Schedule, at: number): boolean {
  return isOpenAt(schedule, wallClock(schedule)(at));
}

/** The first moment after `at` at which a window begins or all have ended; undefined where that never happens. */
export function nextChange(schedule: Schedule, at: number): number | undefined {
  const wallAt = wallClock(schedule);
  const now = isOpenAt(schedule, wallAt(at));
  const start = Math.floor(at / (STEP * MINUTE)) * STEP;
  for (let step = start; step < start + HORIZON; step += STEP) {
    const wall = wallAt(step * MINUTE);
    for (let minute = 0; minute < STEP; minute += 1) {
      const moment = (step + minute) * MINUTE;
      if (moment > at && isOpenAt(schedule, { ...wall, minute: wall.minute + minute }) !== now) return moment;
    }
  }
  return undefined;
}

const isOpenAt = ({ windows }: Schedule, wall: WallTime): boolean =>
  windows.some((window) => contains(window, wall));

function contains({ days, from, to }: Window, { day, minute }: WallTime): boolean {
  const begins = days.includes(day);
  if (from < to) return begins && minute >= from && minute < to;
  return (begins && minute >= from) || (days.includes((day + 6) % 7) && minute < to);
}

/** Formats by time zone: to make one takes long. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  return format;
}

function wallClock({ timeZone }: Schedule): (at: number) => WallTime {
  const format = formatOf(timeZone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: (weekdays as readonly string[]).indexOf(parts.get('weekday') ?? ''),
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
}
