import { describe, expect, test } from 'vitest';
import { faucetBeside } from './faucet.js';
import { parse } from './options.js';

describe('parse', () => {
  test.each([
    ['2000', 2_000n],
    ['2e9', 2_000_000_000n],
    ['1_000', 1_000n],
  ])('amount: %s', (text, value) => {
    expect(parse.amount(text)).toBe(value);
  });

  test.each(['', '-1', '1.5', 'x', '1e999'])('error: amount "%s"', (text) => {
    expect(() => parse.amount(text)).toThrow(/whole number/);
  });

  test.each([
    ['5', 5n],
    ['5udmc', 5n],
    ['5dmc', 5_000_000n],
    ['0.000001 DMC', 1n],
    ['2.5dmc', 2_500_000n],
  ])('money: %s', (text, value) => {
    expect(parse.money(text)).toBe(value);
  });

  test.each(['', '1.5', '-1dmc', '0.0000001dmc', '5 atoms'])('error: money "%s"', (text) => {
    expect(() => parse.money(text)).toThrow(/amount/);
  });

  test.each([
    ['0', 0],
    ['1048576', 1_048_576],
    ['64MiB', 64 * 1024 ** 2],
    ['1.5 gib', 1.5 * 1024 ** 3],
    ['10B', 10],
  ])('bytes: %s', (text, value) => {
    expect(parse.bytes(text)).toBe(value);
  });

  test.each(['', '-1', '5MB', '1e3', 'MiB', '9'.repeat(15).concat('GiB')])('error: bytes "%s"', (text) => {
    expect(() => parse.bytes(text)).toThrow(/number of bytes/);
  });

  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('duration: %s', (text, value) => {
    expect(parse.duration(text)).toBe(value);
  });

  test.each(['', '5', '-1s', '1.5h', '1 week'])('error: duration "%s"', (text) => {
    expect(() => parse.duration(text)).toThrow(/length of time/);
  });

  test('an integer is within its bounds, both included', () => {
    const port = parse.integer(1, 64);
    expect([port('1'), port('64')]).toEqual([1, 64]);
    for (const text of ['0', '65', '1.0', 'one', '']) expect(() => port(text)).toThrow(/from 1 to 64/);
  });

  test('a duration is hours, minutes and seconds', () => {
    expect(['90', '90s', '10m', '1h30m', '1h1m1s', '2h5'].map(parse.seconds)).toEqual([
      90, 90, 600, 5_400, 3_661, 7_205,
    ]);
    for (const text of ['', '0', '0s', 'h', '1d', '-1s', '1.5h', '1s1m']) {
      expect(() => parse.seconds(text), text).toThrow(/duration such as/);
    }
  });

  test('a limit is above 0', () => {
    expect(parse.positive('2e9')).toBe(2_000_000_000n);
    expect(() => parse.positive('0')).toThrow(/above 0/);
  });

  test('a URL is http or https and loses slashes at its end', () => {
    expect(parse.url('http://a:1/')).toBe('http://a:1');
    for (const text of ['ftp://a', 'a:1', '']) expect(() => parse.url(text)).toThrow(/URL/);
  });

  test('a rate is a number from 0 to 1', () => {
    expect([parse.rate('0'), parse.rate('0.25'), parse.rate('1')]).toEqual([0, 0.25, 1]);
    for (const text of ['', '1.1', '-0.1', 'NaN']) expect(() => parse.rate(text)).toThrow(/0 to 1/);
  });
});

test('the faucet of a devnet is looked for beside its node, that of another chain is not', () => {
  expect(faucetBeside('http://10.0.0.5:27657', 'dmcn-devnet-1')).toBe('http://10.0.0.5:5002');
  expect(faucetBeside('http://node:26657', 'dmcn-1')).toBeUndefined();
});
