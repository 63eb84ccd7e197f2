import { describe, expect, it } from 'vitest';
import { bars, plot } from '../page/plot.js';
import type { Rules } from '../rules.js';
import { Calendar } from './calendar.js';
import { flood, floodOnPaper } from './flood.js';
import { Ledger } from './ledger.js';
import { permutation, uniform } from './random.js';

describe('the calendar', () => {
  it('does what stands at a height in order, also what is added meanwhile, and once', () => {
    const calendar = new Calendar();
    const done: number[] = [];
    calendar.put(5, () => {
      done.push(1);
      calendar.put(5, () => done.push(3));
    });
    calendar.put(5, () => done.push(2));
    calendar.put(6, () => done.push(4));
    calendar.run(5);
    calendar.run(5);
    expect(done).toEqual([1, 2, 3]);
    expect(calendar.size).toBe(1);
  });
});

describe('the ledger', () => {
  it('moves what there is and refuses the rest', () => {
    const ledger = new Ledger(10n);
    ledger.move('supply', 'a', 7n);
    expect(() => ledger.move('a', 'b', 8n)).toThrow(/cannot move 8 from a to b/);
    expect(() => ledger.move('a', 'b', -1n)).toThrow(RangeError);
    expect([ledger.balance('a'), ledger.balance('b'), ledger.total()]).toEqual([7n, 0n, 10n]);
  });
});

describe('chance', () => {
  it('follows from its keys, each of which counts', () => {
    const numbers = [
      uniform(1, 'coin', 2, 3, 4, 5),
      uniform(2, 'coin', 2, 3, 4, 5),
      uniform(1, 'draw', 2, 3, 4, 5),
      uniform(1, 'coin', 3, 3, 4, 5),
      uniform(1, 'coin', 2, 4, 4, 5),
      uniform(1, 'coin', 2, 3, 5, 5),
      uniform(1, 'coin', 2, 3, 4, 6),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(uniform(1, 'coin', 2, 3, 4, 5)).toBe(numbers[0]);
  });

  it('is even, and neighbours have nothing in common', () => {
    const count = 100_000;
    const draws = Array.from({ length: count }, (_, i) => uniform(7, 'coin', i >> 8, 0, i & 255));
    const mean = draws.reduce((sum, each) => sum + each, 0) / count;
    expect(mean).toBeCloseTo(0.5, 2);
    const product =
      draws.slice(1).reduce((sum, each, i) => sum + (each - 0.5) * ((draws[i] ?? 0) - 0.5), 0) / count;
    expect(Math.abs(product * 12)).toBeLessThan(0.02);
    expect(draws.filter((each) => each < 0.00223).length / count).toBeCloseTo(0.00223, 3);
  });

  it('puts each number into each place equally often', () => {
    const first = Array(8).fill(0);
    for (let seed = 0; seed < 8_000; seed += 1) {
      const order = permutation(8, (i) => uniform(seed, 'sample', i));
      expect(order.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      first[order[0] ?? 0] += 1;
    }
    for (const each of first) expect(Math.abs(each - 1_000)).toBeLessThan(150);
  });
});

describe('a flood of challenges', () => {
  const rules = { audit: { openDisputes: 1_000 } } as Rules;

  it('costs by the block what it costs by sums, with one deposit and with a rising one', () => {
    expect(flood(rules, 1, 2)).toEqual({ fill: 1_000, hour: 120 });
    for (const step of [100, 250, Number.POSITIVE_INFINITY])
      expect(flood(rules, 3, 2, step)).toEqual(floodOnPaper(rules, 3, step));
    expect(flood(rules, 1, 1, 100).fill).toBe(102_300);
  });
});

describe('plots', () => {
  it('show what is inside their ranges, and escape what they say', () => {
    const axes = { title: 'a < b', x: 'x', y: 'y', xRange: [0, 1], yRange: [0, 1] } as const;
    const svg = plot(axes, [
      {
        name: 'dots',
        colour: 'red',
        kind: 'dots',
        points: [
          [0.5, 0.5],
          [2, 2],
        ],
      },
    ]);
    expect(svg).toContain('a &lt; b');
    expect(svg.match(/<circle/g)).toHaveLength(1);
  });

  it('colour what is above the mark, and fade what is cut off', () => {
    const svg = bars(
      'bars',
      [
        ['low', -1],
        ['high', 2],
        ['far', -9],
      ],
      { mark: 1, markName: 'honest', least: -3 },
    );
    expect(svg.match(/#c0392b/g)).toHaveLength(1);
    expect(svg.match(/#a9cce3/g)).toHaveLength(1);
    expect(svg).toContain('-9.00');
  });
});
