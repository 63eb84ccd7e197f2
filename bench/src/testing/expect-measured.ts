import { expect } from 'vitest';
import type { LoopClass, UnitClass } from '../gas/gas-class.js';
import { measure } from '../gas/measure.js';

/** Measures as shortly as can be, and expects of each class that it is accepted, ends well, and has gas and time. */
export async function expectMeasured(classes: readonly (LoopClass | UnitClass)[]): Promise<void> {
  expect(classes.length).toBeGreaterThan(0);
  for (const each of classes) {
    const { gas, nanoseconds } = await measure(each, { rounds: 1, milliseconds: 0 });
    expect(gas, each.name).toBeGreaterThan(0);
    expect(nanoseconds, each.name).toBeGreaterThanOrEqual(0);
  }
}

const MOST_PAGES = 256;

/** True for a class that fills much memory or prepares a large module, which takes seconds. */
export function isLarge(each: LoopClass | UnitClass): boolean {
  if ('program' in each) return (each.program.pages ?? 1) > MOST_PAGES;
  return each.group === 'preparation' || each.name.includes('512 MiB');
}
