import { describe, expect, test } from 'vitest';
import { dmc, dmcFixed, percentOfBps, quantity, scaled, share, whole } from './numbers.js';
import { duration, shortened, words } from './text.js';

describe('numbers', () => {
  test.each([
    ['0', '0'],
    ['1', '0.000001'],
    ['1000000', '1'],
    ['1234567890123', '1\u202f234\u202f567.890123'],
    ['-2500000', '\u22122.5'],
    ['18446744073709551615', '18\u202f446\u202f744\u202f073\u202f709.551615'],
  ])('%s udmc is %s DMC', (udmc, shown) => expect(dmc(udmc)).toBe(shown));

  test('in a column every amount has six decimals', () => {
    expect(['0', '1500000', '-1'].map(dmcFixed)).toEqual(['0.000000', '1.500000', '\u22120.000001']);
  });

  test('fewer places are cut, not rounded up', () => expect(dmc('1999999', 2)).toBe('1.99'));

  test('what is there is never shown as nothing', () => {
    expect(['99', '0', '10000', '-9999'].map((udmc) => dmc(udmc, 2))).toEqual([
      '0.000099',
      '0',
      '0.01',
      '\u22120.009999',
    ]);
  });

  test.each([
    [0, '0', ''],
    [7, '7', ''],
    [0.25, '0.25', ''],
    [999, '999', ''],
    [999.7, '1.00', 'k'],
    [12_345, '12.3', 'k'],
    [2_000_000_000, '2.00', 'G'],
    [999_999, '1.00', 'M'],
  ])('%d is scaled to %s %s', (value, shown, prefix) =>
    expect(scaled(value)).toEqual({ value: shown, prefix }),
  );

  test('gas of 64 bits', () => expect(quantity('18446744073709551615', 'gas')).toBe('18.4 Egas'));
  test('thousands', () => expect(whole(1234567)).toBe('1\u202f234\u202f567'));
  test('basis points', () => expect(percentOfBps(250)).toBe('2.5\u202f%'));

  test.each([
    [0, 0, 0],
    [1, 3, 33],
    [999, 1000, 99],
    [1000, 1000, 100],
  ])('%d of %d are %d percent', (part, of, percent) => expect(share(part, of)).toBe(percent));
});

describe('text', () => {
  test('long words lose their middle', () =>
    expect(shortened('dmcn1qqqqqqqqqqqqqqqqqqqqxyz12')).toBe('dmcn1qqqqq\u2026xyz12'));
  test('short ones do not', () => expect(shortened('dmcn1abc')).toBe('dmcn1abc'));
  test.each([
    [-5, '0.0 s'],
    [4_000, '4.0 s'],
    [9_990, '10 s'],
    [125_000, '2 min'],
    [7_200_000, '2 h'],
    [400_000_000, '5 d'],
  ])('%d ms are %s', (ms, shown) => expect(duration(ms)).toBe(shown));
  test('names of states', () =>
    expect([words('AuditWait'), words('missed_offer'), words('OUT_OF_GAS')]).toEqual([
      'audit wait',
      'missed offer',
      'out of gas',
    ]));
});
