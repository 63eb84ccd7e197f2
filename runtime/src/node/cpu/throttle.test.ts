import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CpuThrottle } from './throttle.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A machine on which a child uses so many cores while it runs, and whose system tells it or does not. */
function machine(cores: number, tells = true) {
  let [used, since, running] = [0, performance.now(), false];
  const count = () => {
    if (running) used += cores * (performance.now() - since);
    since = performance.now();
    return used;
  };
  const run = (now: boolean) => {
    count();
    running = now;
  };
  const kill = (signal: string) => {
    run(signal === 'SIGCONT');
    return true;
  };
  return {
    child: { pid: 7, kill },
    run,
    count,
    isRunning: () => running,
    meter: { own: () => 0, units: () => (tells ? count() : undefined) },
  };
}

test.each([
  [0.05, 1],
  [0.2, 1],
  [0.5, 2],
  [0.8, 1],
  [0.99, 4],
])('a child keeps to %d of a core where it could use %d', (share, cores) => {
  const { child, run, count, meter } = machine(cores);
  const throttle = new CpuThrottle(share, meter);
  run(true);
  const release = throttle.hold(child);
  vi.advanceTimersByTime(60_000);
  expect(Math.abs(count() / 60_000 - share)).toBeLessThan(0.01);
  release();
});

test('where the system does not tell, a child that runs has used one core', () => {
  const { child, run, count, meter } = machine(1, false);
  const throttle = new CpuThrottle(0.3, meter);
  run(true);
  throttle.hold(child);
  vi.advanceTimersByTime(60_000);
  expect(Math.abs(count() / 60_000 - 0.3)).toBeLessThan(0.01);
});

test('a released child runs, and pays with the next one for what it used', () => {
  const { child, run, isRunning, meter } = machine(1);
  const throttle = new CpuThrottle(0.5, meter);
  run(true);
  const release = throttle.hold(child);
  vi.advanceTimersByTime(10_000);
  while (isRunning()) vi.advanceTimersByTime(1);
  release();
  expect(isRunning()).toBe(true);
  vi.advanceTimersByTime(1_000);
  throttle.hold(child);
  expect(isRunning()).toBe(false);
  vi.advanceTimersByTime(400);
  expect(isRunning()).toBe(false);
});
