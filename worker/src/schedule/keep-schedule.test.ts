import type { Signer, WorkerStatus } from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import type { WorkerNotice } from '../state.js';
import { type Clock, keepSchedule, type PausedBy, type Shift } from './keep-schedule.js';
import { parseSchedule } from './windows.js';

const HOUR = 3_600_000;
const start = Date.parse('2026-11-25T12:00:00Z');
const nights = parseSchedule('22:00-07:00', 'UTC');

/** A worker on a chain, its home, and hours that pass as fast as they are slept. */
function world(status: WorkerStatus, by?: PausedBy) {
  const said: string[] = [];
  const shifts: Shift[] = [];
  const failures: string[] = [];
  const events: { at: number; run: () => void }[] = [];
  const ending = new AbortController();
  const chain = { status, down: false };
  let time = start;
  let note = by;
  const hour = () => (time - start) / HOUR;
  const send = (name: string, now: WorkerStatus) => async () => {
    if (chain.down) throw new Error('no answer');
    if (chain.status === now) throw new Error(`it is ${now} already`);
    chain.status = now;
    said.push(`${name} at hour ${hour()}`);
    return undefined as never;
  };
  const clock: Clock = {
    now: () => time,
    async sleep(ms) {
      time += Math.max(ms, 1);
      for (const event of events.splice(0)) event.at * HOUR > time - start ? events.push(event) : event.run();
    },
  };
  return {
    said,
    shifts,
    failures,
    chain,
    note: () => note,
    setNote: (now: PausedBy) => {
      note = now;
    },
    /** What happens at an hour. */
    at: (at: number, run: () => void) => events.push({ at, run }),
    /** Keeps the schedule for some hours. */
    async keep(hours: number, schedule = nights): Promise<void> {
      events.push({ at: hours, run: () => ending.abort() });
      await keepSchedule(
        schedule,
        { owner: 'owner', operator: { address: 'operator' } as Signer },
        {
          clock,
          note: {
            read: () => note,
            write: (now) => {
              note = now;
            },
          },
          chain: {
            worker: async () => {
              if (chain.down) throw new Error('no answer');
              return { worker: { status: chain.status } } as never;
            },
            pauseWorker: send('pause', 'Paused'),
            resumeWorker: send('resume', 'Active'),
          },
        },
        {
          onShift: (shift) => shifts.push(shift),
          onNotice: (notice: WorkerNotice) => notice.notice === 'failed' && failures.push(notice.doing),
        },
        ending.signal,
      );
    },
  };
}

test('a worker leaves the draw when its window closes and comes back when it opens, day after day', async () => {
  const it = world('Active');
  await it.keep(50);
  expect(it.said).toEqual([
    'pause at hour 0',
    'resume at hour 10',
    'pause at hour 19',
    'resume at hour 34',
    'pause at hour 43',
  ]);
  expect(it.shifts.slice(0, 2)).toEqual([
    { open: false, until: start + 10 * HOUR },
    { open: true, until: start + 19 * HOUR },
  ]);
  expect(it.failures).toEqual([]);
});

test('a restart outside of the window leaves a paused worker alone until it opens', async () => {
  const it = world('Paused');
  await it.keep(11);
  expect(it.said).toEqual(['resume at hour 10']);
  expect(it.note()).toBeUndefined();
});

test('a restart within the window brings a worker back that the schedule paused', async () => {
  const it = world('Paused', 'schedule');
  await it.keep(2, parseSchedule('11:00-14:00', 'UTC'));
  expect(it.said).toEqual(['resume at hour 0']);
});

test('a pause of the user is not undone', async () => {
  const it = world('Paused', 'user');
  await it.keep(50);
  expect(it.said).toEqual([]);
  expect(it.note()).toBe('user');
});

test('nor is one that comes while the schedule is closed, until the user resumes', async () => {
  const it = world('Active');
  it.at(5, () => it.setNote('user'));
  it.at(12, () => {
    it.setNote(undefined);
    it.chain.status = 'Active';
  });
  await it.keep(20);
  expect(it.said).toEqual(['pause at hour 0', 'pause at hour 19']);
});

test('a worker that is set aside is not brought back by the schedule', async () => {
  const it = world('SetAside');
  await it.keep(30);
  expect(it.said).toEqual([]);
});

test('while the chain does not answer it is tried again', async () => {
  const it = world('Active');
  it.chain.down = true;
  it.at(1, () => {
    it.chain.down = false;
  });
  await it.keep(2);
  expect(it.said).toEqual(['pause at hour 1']);
  expect(new Set(it.failures)).toEqual(new Set(['pausing by its schedule']));
});
