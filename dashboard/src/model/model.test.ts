import { describe, expect, test } from 'vitest';
import { tally } from './phases.js';
import { meanPrice, type Paid, ratesOf, roundStep } from './rates.js';
import { targetOf } from './search.js';

describe('rates', () => {
  const payments: Paid[] = [
    { time: 1_000, gas: 100, units: 1, ask: 10 },
    { time: 9_999, gas: 300, units: 3, ask: 20 },
    { time: 10_000, gas: 50, units: 1, ask: 40 },
    { time: 90_000, gas: 7, units: 1, ask: 1 },
  ];

  test('each payment falls into one stretch', () => {
    const rates = ratesOf(payments, 30_000, 10_000, 3);
    expect(rates.times).toEqual([5, 15, 25]);
    expect(rates.gas).toEqual([40, 5, 0]);
    expect(rates.units).toEqual([0.4, 0.1, 0]);
    expect(rates.price).toEqual([17.5, 40, null]);
  });

  test('what is older than the first stretch is left out', () => {
    expect(ratesOf(payments, 20_000, 10_000, 1).gas).toEqual([5]);
  });

  test('the mean price is weighted by gas', () => {
    expect(meanPrice(payments.slice(0, 2))).toBe(17.5);
    expect(meanPrice([])).toBeUndefined();
  });

  test.each([
    [60_000, 60, 1_000],
    [61_000, 60, 2_000],
    [0, 60, 1_000],
    [86_400_000 * 100, 10, 864_000_000],
  ])('a span of %d ms in %d steps has steps of %d ms', (span, steps, step) => {
    expect(roundStep(0, span, steps)).toBe(step);
  });
});

test('batches that were never drawn wait', () => {
  const counts = tally(['Final', 'Final', 'Leased', 'Voting', 'Queued'], 8);
  expect(Object.fromEntries(counts)).toEqual({ 0: 4, 2: 1, 4: 2, trouble: 1 });
});

describe('search', () => {
  const address = `dmcn1${'q'.repeat(38)}`;
  const hash = '0a'.repeat(32);
  test.each([
    ['12', '/jobs/12'],
    [' #12 ', '/jobs/12'],
    ['job 12', '/jobs/12'],
    ['0', '/jobs/0'],
    ['18446744073709551615', '/jobs/18446744073709551615'],
    ['12/3', '/jobs/12?batch=3'],
    ['dispute 4', '/disputes/4'],
    [hash.toUpperCase(), `/modules/${hash}`],
    [`0x${hash}`, `/modules/${hash}`],
    [address, `/accounts/${address}`],
    [address.toUpperCase(), `/accounts/${address}`],
  ])('%s leads to %s', (text, path) => expect(targetOf(text)).toBe(path));

  test.each([[''], ['18446744073709551616'], ['0a0b'], ['dmcn1short'], ['digits']])(
    '%j leads nowhere',
    (text) => expect(targetOf(text)).toBeUndefined(),
  );
});
