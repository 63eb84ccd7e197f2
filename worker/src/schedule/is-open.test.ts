import { describe, expect, test } from 'vitest';
import { isOpen, nextChange } from './is-open.js';
import { parseSchedule, ScheduleError } from './windows.js';

const at = (iso: string) => Date.parse(iso);
const next = (text: string, zone: string, iso: string) => {
  const change = nextChange(parseSchedule(text, zone), at(iso));
  return change === undefined ? undefined : new Date(change).toISOString().slice(0, 16);
};

describe('parseSchedule', () => {
  test.each([
    ['22:00-07:00', [{ days: [0, 1, 2, 3, 4, 5, 6], from: 1_320, to: 420 }]],
    [
      'mon-fri 22:00-7:00 , Sat-Sun',
      [
        { days: [0, 1, 2, 3, 4], from: 1_320, to: 420 },
        { days: [5, 6], from: 0, to: 1_440 },
      ],
    ],
    ['Fri-Mon', [{ days: [4, 5, 6, 0], from: 0, to: 1_440 }]],
    ['Wed 12:30-24:00', [{ days: [2], from: 750, to: 1_440 }]],
  ])('reads %s', (text, windows) => {
    expect(parseSchedule(text, 'UTC')).toEqual({ text, timeZone: 'UTC', windows });
  });

  test.each([
    ['', /no rule/],
    ['at night', /no rule/],
    ['22-7', /no rule/],
    ['22:00-07:00,', /no rule/],
    ['Mo 22:00-07:00', /"Mo" is no day/],
    ['25:00-26:00', /25:00 is no time/],
    ['12:60-13:00', /12:60 is no time/],
    ['24:01-01:00', /24:01 is no time/],
    ['08:00-08:00', /no length/],
    ['24:00-08:00', /no length/],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseSchedule(text, 'UTC')).toThrow(ScheduleError);
    expect(() => parseSchedule(text, 'UTC')).toThrow(message);
  });

  test('refuses a time zone that does not exist', () => {
    expect(() => parseSchedule('Sat', 'Europe/Atlantis')).toThrow(/no time zone/);
  });
});

describe('a window', () => {
  test.each([
    ['2026-11-25T21:59:59Z', false],
    ['2026-11-25T22:00:00Z', true],
    ['2026-11-26T06:59:59Z', true],
    ['2026-11-26T07:00:00Z', false],
  ])('over midnight at %s: %s', (iso, open) => {
    expect(isOpen(parseSchedule('22:00-07:00', 'UTC'), at(iso))).toBe(open);
  });

  test('over midnight belongs to the day on which it begins', () => {
    const schedule = parseSchedule('Fri 22:00-07:00', 'UTC');
    expect(isOpen(schedule, at('2026-11-28T06:00:00Z'))).toBe(true);
    expect(isOpen(schedule, at('2026-11-27T06:00:00Z'))).toBe(false);
    expect(isOpen(schedule, at('2026-11-28T23:00:00Z'))).toBe(false);
  });

  test('from Sunday to Monday goes over the end of the week', () => {
    const schedule = parseSchedule('Sun 23:00-01:00', 'UTC');
    expect(isOpen(schedule, at('2026-11-30T00:30:00Z'))).toBe(true);
    expect(next('Sun 23:00-01:00', 'UTC', '2026-11-30T00:30:00Z')).toBe('2026-11-30T01:00');
  });

  test('is by the clocks of its time zone', () => {
    const schedule = parseSchedule('22:00-07:00', 'Asia/Kathmandu');
    expect(isOpen(schedule, at('2026-11-25T16:14:00Z'))).toBe(false);
    expect(isOpen(schedule, at('2026-11-25T16:15:00Z'))).toBe(true);
  });
});

describe('nextChange', () => {
  test.each([
    ['22:00-07:00', 'UTC', '2026-11-25T12:00:00Z', '2026-11-25T22:00'],
    ['22:00-07:00', 'UTC', '2026-11-25T22:00:00Z', '2026-11-26T07:00'],
    ['22:00-07:00', 'UTC', '2026-11-25T23:59:31Z', '2026-11-26T07:00'],
    ['Sat', 'UTC', '2026-11-28T00:00:00Z', '2026-11-29T00:00'],
    ['Sat', 'UTC', '2026-11-29T00:00:00Z', '2026-12-05T00:00'],
    ['Mon-Fri 22:00-07:00,Sat-Sun', 'UTC', '2026-11-27T22:00:00Z', '2026-11-30T00:00'],
    ['10:07-10:08', 'Asia/Kolkata', '2026-11-25T00:00:00Z', '2026-11-25T04:37'],
    ['00:00-12:00,12:00-24:00', 'UTC', '2026-11-25T00:00:00Z', undefined],
  ])('of %s in %s after %s is %s', (text, zone, from, expected) => {
    expect(next(text, zone, from)).toBe(expected);
  });

  test.each([
    ['a night that is an hour shorter', '22:00-07:00', '2026-03-28T21:00:00Z', '2026-03-29T05:00'],
    ['a night that is an hour longer', '22:00-07:00', '2026-10-24T20:00:00Z', '2026-10-25T06:00'],
    ['a time that is skipped: the next day', '02:10-02:50', '2026-03-28T12:00:00Z', '2026-03-30T00:10'],
    [
      'a window that begins in the skipped hour begins after it',
      '02:30-04:00',
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00',
    ],
    ['an hour that is repeated opens', '02:10-02:50', '2026-10-24T12:00:00Z', '2026-10-25T00:10'],
    ['and opens again', '02:10-02:50', '2026-10-25T00:50:00Z', '2026-10-25T01:10'],
  ])('in Berlin, %s', (_, text, from, expected) => {
    expect(next(text, 'Europe/Berlin', from)).toBe(expected);
  });

  test('agrees with isOpen at every change of a year with two changes of the clock', () => {
    const schedule = parseSchedule('Mon-Fri 22:00-07:00,Sun 01:30-03:15', 'America/New_York');
    let moment = at('2026-01-01T00:00:00Z');
    const end = at('2027-01-01T00:00:00Z');
    while (moment < end) {
      const change = nextChange(schedule, moment) ?? expect.fail();
      const open = isOpen(schedule, moment);
      for (const inside of [change - 1, (moment + change) / 2]) expect(isOpen(schedule, inside)).toBe(open);
      expect(isOpen(schedule, change)).toBe(!open);
      moment = change;
    }
  });
});
