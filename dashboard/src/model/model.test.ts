import { describe, expect, test } from 'vitest';
import { tally } from './phases.js';
import { lately, ratesOf } from './rates.js';
import { pathOf, pathOfBest, targetOf, wantedOf } from './search.js';
import { accountOf, operatorOf } from './validator.js';

describe('rates', () => {
  const period = (seconds: number, gasPaid: string, meanPrice: string | null) => ({
    start: new Date(seconds * 1_000).toISOString(),
    gasPaid,
    unitsPaid: '6',
    meanPrice,
    lowestPrice: meanPrice,
    highestPrice: meanPrice,
  });

  test('stretches that the API leaves out are there, with nothing paid', () => {
    const rates = ratesOf(
      [period(180, '600', '20'), period(60, '1200', '10'), period(0, '1', '1')],
      190_000,
      60_000,
      3,
    );
    expect(rates.times).toEqual([60, 120, 180]);
    expect(rates.gas).toEqual([20, 0, 10]);
    expect(rates.units).toEqual([0.1, 0, 0.1]);
    expect(rates.mean).toEqual([10, null, 20]);
  });

  const at = (seconds: number) => ({
    time: new Date(seconds * 1_000).toISOString(),
    gasTotal: '120',
    unitCount: 6,
  });

  test('throughput is that of the last minute', () => {
    expect(lately([at(100), at(50), at(10)], 100_000, 100)).toEqual({ gas: 4, units: 0.2 });
    expect(lately([], 100_000, 100)).toEqual({ gas: 0, units: 0 });
  });

  test('where the known payments reach less far, it is that of their time', () => {
    expect(lately([at(100), at(90)], 100_000, 2)).toEqual({ gas: 24, units: 1.2 });
  });
});

test('batches that were never drawn wait', () => {
  const counts = tally(['Final', 'Final', 'Leased', 'Voting', 'Queued'], 8);
  expect(Object.fromEntries(counts)).toEqual({ 0: 4, 2: 1, 4: 2, trouble: 1 });
});

describe('search', () => {
  test.each([
    [' #12 ', '/jobs/12'],
    ['job 12', '/jobs/12'],
    ['Job 18446744073709551615', '/jobs/18446744073709551615'],
    ['12/3', '/jobs/12?batch=3'],
    ['#12/3', '/jobs/12?batch=3'],
    ['dispute 4', '/disputes/4'],
    ['block 900', '/blocks/900'],
  ])('%s leads to %s', (text, path) => expect(targetOf(text)).toBe(path));

  test.each([[''], ['12'], ['#18446744073709551616'], ['0a0b'], ['digits']])(
    '%j has to be looked for',
    (text) => expect(targetOf(text)).toBeUndefined(),
  );

  test.each([
    ['JOB', '12', '/jobs/12'],
    ['BLOCK', '9', '/blocks/9'],
    ['WORKER', 'dmcn1x', '/workers/dmcn1x'],
    ['REQUESTER', 'dmcn1x', '/accounts/dmcn1x'],
    ['MODULE', '0a', '/modules/0a'],
    ['DISPUTE', '3', '/disputes/3'],
    ['REFEREE', 'dmcnvaloper1x', '/accounts/dmcnvaloper1x'],
  ] as const)('a %s %s is at %s', (kind, id, path) => expect(pathOf({ kind, id })).toBe(path));

  test('what several things are called leads to the likeliest', () => {
    const hits = (...kinds: readonly ('BLOCK' | 'DISPUTE' | 'JOB')[]) =>
      kinds.map((kind) => ({ kind, id: '12' }));
    expect(pathOfBest('12', hits('BLOCK', 'DISPUTE', 'JOB'))).toBe('/jobs/12');
    expect(pathOfBest('12', hits('BLOCK'))).toBe('/blocks/12');
    const worker = `dmcn1${'q'.repeat(38)}`;
    expect(
      pathOfBest(worker, [
        { kind: 'REQUESTER', id: worker },
        { kind: 'WORKER', id: worker },
      ]),
    ).toBe(`/workers/${worker}`);
    expect(pathOfBest(worker, [])).toBe(`/accounts/${worker}`);
    expect(pathOfBest('digits', [])).toBeUndefined();
  });

  test('what is typed in front of a number or an id is no part of it', () => {
    expect([' #12 ', '0xAB', 'digits'].map(wantedOf)).toEqual(['12', 'AB', 'digits']);
  });
});

describe('a validator', () => {
  const account = 'dmcn1qurswpc8qurswpc8qurswpc8qurswpc8h0dwm6';
  const operator = 'dmcnvaloper1qurswpc8qurswpc8qurswpc8qurswpc88z924y';

  test('is named by its operator, and operated by an account', () => {
    expect(operatorOf(account)).toBe(operator);
    expect(accountOf(operator)).toBe(account);
  });

  test('is none where the address is another’s, or none', () => {
    expect([operatorOf(operator), accountOf(account)]).toEqual([undefined, undefined]);
    expect([operatorOf('nobody'), accountOf(`${operator}x`)]).toEqual([undefined, undefined]);
  });
});
