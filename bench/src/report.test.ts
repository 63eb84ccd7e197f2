import { describe, expect, it } from 'vitest';
import { median, summarise, thisMachine, toText } from './report.js';

describe('a report', () => {
  it('has medians with their spread', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(summarise('offer', 'ratio', [1.5, 1, 2], 3)).toEqual({
      ...{ metric: 'offer', unit: 'ratio', value: 1.5, low: 1, high: 2, goal: 3 },
    });
  });

  it.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('refuses the samples %j', (samples) => {
    expect(() => summarise('offer', 'ratio', samples)).toThrow(/offer could not be measured/);
  });

  it('is a line for each figure', () => {
    const results = [summarise('offer', 'ratio', [1.23456, 1, 2], 3), summarise('a long name', 'µs', [7])];
    const report = { name: 'crowd', machine: thisMachine(), versions: {}, settings: { rounds: 3 }, results };
    const [head, , ...lines] = toText(report).split('\n');
    expect(head).toBe('crowd: rounds 3');
    expect(lines).toEqual([
      'offer        1.235 ratio  1 to 2  goal: at most 3',
      'a long name  7 µs         7 to 7',
    ]);
  });
});
