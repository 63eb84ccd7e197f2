/** Days of the week, Monday first. */
export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const MINUTES_A_DAY = 24 * 60;

/**
 * A time of the week: from one minute of a day to another one, on some days (0 is Monday). Where it does not end after it begins, it ends
 * on the day after.
 */
export interface Window {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** When a worker wants to be drawn: within its windows by the clocks of a time zone. */
export interface Schedule {
  /** As it was given. */
  readonly text: string;
  /** IANA name, as in `Europe/Berlin`. */
  readonly timeZone: string;
  readonly windows: readonly Window[];
}

/** A schedule that cannot be read; the message says what to write. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** Whether a name is a time zone's. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads rules such as `22:00-07:00` or `Mon-Fri 22:00-07:00,Sat-Sun`: days, times or both, commas between rules. A window over midnight belongs to the day
 * on which it begins. @throws ScheduleError
 */
export function parseSchedule(text: string, timeZone: string): Schedule {
  if (!isTimeZone(timeZone)) {
    throw new ScheduleError(`"${timeZone}" is no time zone; give a name such as Europe/Berlin or UTC`);
  }
  return { text, timeZone, windows: text.split(',').map((rule) => parseRule(rule.trim())) };
}

function parseRule(rule: string): Window {
  const [, days, from, to] =
    /^([a-z]+(?:\s*-\s*[a-z]+)?)?\s*(?:(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2}))?$/i.exec(rule) ?? [];
  if (days === undefined && from === undefined) {
    throw new ScheduleError(`"${rule}" is no rule such as 22:00-07:00, Sat-Sun or "Mon-Fri 22:00-07:00"`);
  }
  const window = {
    days: days === undefined ? weekdays.map((_, day) => day) : parseDays(days),
    from: from === undefined ? 0 : minuteOf(from),
    to: to === undefined ? MINUTES_A_DAY : minuteOf(to),
  };
  if (window.from === window.to || window.from === MINUTES_A_DAY) {
    throw new ScheduleError(`"${rule}" has no length; leave the times out to mean the whole day`);
  }
  return window;
}

function parseDays(text: string): number[] {
  const [first = 0, last = first] = text.split('-').map((name) => dayOf(name.trim()));
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, i) => (first + i) % 7);
}

function dayOf(name: string): number {
  const day = weekdays.findIndex((known) => known.toLowerCase() === name.toLowerCase());
  if (day < 0) throw new ScheduleError(`"${name}" is no day: write ${weekdays.join(', ')}`);
  return day;
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const minute = hours * 60 + minutes;
  if (minutes > 59 || minute > MINUTES_A_DAY) {
    throw new ScheduleError(`${text} is no time of day: write 00:00 to 24:00`);
  }
  return minute;
}
