import { describe, expect, test } from 'vitest';
import { FaucetRefusal, Ledger, readFundRequest } from './limits.js';

const limits = { grant: 10n, perAddress: 25n };

describe('readFundRequest', () => {
  test('an amount is optional', () => {
    expect(readFundRequest('{"address":"a"}', limits)).toEqual({ address: 'a', amount: 10n });
    expect(readFundRequest('{"address":"a","amount":"7"}', limits)).toEqual({ address: 'a', amount: 7n });
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"address":7}',
    '{"address":"a","amount":7}',
    '{"address":"a","amount":"0"}',
    '{"address":"a","amount":"-1"}',
  ])('error: %s', (body) => {
    expect(() => readFundRequest(body, limits)).toThrow(FaucetRefusal);
  });
});

test('an address gets no more than its limit, and what failed does not count', () => {
  const ledger = new Ledger(limits);
  ledger.take({ address: 'a', amount: 20n });
  expect(() => ledger.take({ address: 'a', amount: 6n })).toThrow(/at most 25/);
  ledger.giveBack({ address: 'a', amount: 20n });
  ledger.take({ address: 'a', amount: 25n });
  ledger.take({ address: 'b', amount: 25n });
});
