import { expect, test } from 'vitest';
import { CpuBudget } from './budget.js';

const idle = { wall: 0, units: 0, own: 0 };

test('units may use their share of the time that passes, and wait for what they used too much', () => {
  const budget = new CpuBudget(0.25);
  budget.spend({ ...idle, units: 400 });
  expect(budget.left).toBe(-300);
  expect(budget.timeUntil(0)).toBe(1_200);
  budget.spend({ ...idle, wall: 1_200 });
  expect(budget.left).toBe(0);
  expect(budget.timeUntil(-1)).toBe(0);
});

test('an idle hour saves up a moment only', () => {
  const budget = new CpuBudget(0.5);
  budget.spend({ ...idle, wall: 3_600_000 });
  expect(budget.left).toBe(100);
});

test('what this process uses is taken from the units, but never all of it', () => {
  const budget = new CpuBudget(0.5);
  budget.spend({ ...idle, units: 100 });
  for (let second = 0; second < 4; second += 1) {
    budget.spend({ wall: 1_000, own: 100, units: 400 });
  }
  expect(budget.left).toBe(0);
  budget.spend({ wall: 1_000, own: 900, units: 125 });
  expect(budget.left).toBe(0);
  budget.spend({ wall: 1_000, own: 0, units: 0 });
  expect(budget.left).toBe(100);
});

test('a burst of this process is made up for afterwards', () => {
  const budget = new CpuBudget(0.5);
  budget.spend({ ...idle, units: 100 });
  let used = 300;
  budget.spend({ wall: 100, own: 300, units: 0 });
  let passed = 100;
  for (let slice = 0; slice < 40; slice += 1) {
    const units = Math.max(0, budget.left);
    budget.spend({ wall: 100, own: 0, units });
    used += units;
    passed += 100;
  }
  expect(used / passed).toBeCloseTo(0.5, 1);
});
