import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchCount, batchRange, type JobShape, locateUnit, MAX_BATCH_SIZE } from './batch.js';
import { NumberRangeError } from './errors.js';
import { goldenCases } from './testing/vectors.js';

const golden = goldenCases<{
  shapes: {
    units: number;
    batchSize: number;
    batches: number;
    ranges: { batch: number; firstUnit: number; length: number }[];
    places: { unit: number; batch: number; position: number }[];
  }[];
  refused: { name: string; units: number; batchSize: number }[];
  absent: { name: string; units: number; batchSize: number; batch: number; unit: number }[];
}>('batch');

describe('golden shapes', () => {
  test.each(golden.shapes)('$units units in batches of $batchSize', ({ batches, ranges, places, ...job }) => {
    expect(batchCount(job)).toBe(batches);
    for (const { batch, ...range } of ranges) expect(batchRange(job, batch)).toEqual(range);
    for (const { unit, ...place } of places) expect(locateUnit(job, unit)).toEqual(place);
  });

  test.each(golden.refused)('refused: $name', (job) => {
    expect(() => batchCount(job)).toThrow(NumberRangeError);
    expect(() => batchRange(job, 0)).toThrow(NumberRangeError);
    expect(() => locateUnit(job, 0)).toThrow(NumberRangeError);
  });

  test.each(golden.absent)('absent: $name', ({ batch, unit, ...job }) => {
    expect(() => batchRange(job, batch)).toThrow(NumberRangeError);
    expect(() => locateUnit(job, unit)).toThrow(NumberRangeError);
  });
});

test('the batches hold every unit of a job once, in order', () => {
  const anyShape: fc.Arbitrary<JobShape> = fc.record({
    units: fc.integer({ min: 1, max: 500 }),
    batchSize: fc.integer({ min: 1, max: MAX_BATCH_SIZE }),
  });
  fc.assert(
    fc.property(anyShape, (job) => {
      let next = 0;
      for (let batch = 0; batch < batchCount(job); batch++) {
        const { firstUnit, length } = batchRange(job, batch);
        expect(firstUnit).toBe(next);
        for (let position = 0; position < length; position++) {
          expect(locateUnit(job, firstUnit + position)).toEqual({ batch, position });
        }
        next += length;
      }
      expect(next).toBe(job.units);
    }),
  );
});
