import { expect, it } from 'vitest';
import { goBenchmark } from './go-benchmark.js';

const output = `goos: linux
BenchmarkCrowd
BenchmarkCrowd/workers=1000
BenchmarkCrowd/workers=1000-2  \t 100 \t 608 ns/op \t 15.00 accept-reads \t 377.2 accept-µs
BenchmarkCrowd/workers=1000000-2  \t 100 \t 999 ns/op
PASS`;

it('reads the figures of one benchmark by their units', () => {
  const figures = new Map([
    ['ns/op', 608],
    ['accept-reads', 15],
    ['accept-µs', 377.2],
  ]);
  expect(goBenchmark(output, 'BenchmarkCrowd/workers=1000')).toEqual(figures);
});

it.each(['BenchmarkCrowd', 'BenchmarkOther'])('has none of %s', (name) => {
  expect(() => goBenchmark(output, name)).toThrow(/no figures/);
});
