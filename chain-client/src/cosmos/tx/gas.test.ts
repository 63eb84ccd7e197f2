import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateGas, feeFor, parseGasPrice, withMargin } from './gas.js';
import { ExpiryTimes, toTimestamp } from './timestamp.js';

describe('gas', () => {
  it('costs its price, rounded up', () => {
    expect(feeFor(100_000n, parseGasPrice('0.001udmc'))).toBe(100n);
    expect(feeFor(100_001n, parseGasPrice('0.001udmc'))).toBe(101n);
    expect(feeFor(3n, parseGasPrice('2udmc'))).toBe(6n);
    expect(feeFor(3n, parseGasPrice('0udmc'))).toBe(0n);
  });

  it.each(['', '1', 'udmc', '0.1dmc', '-1udmc', '1e3udmc', '.5udmc'])('refuses the price "%s"', (price) => {
    expect(() => parseGasPrice(price)).toThrow(RangeError);
  });

  it('is limited above what was used, and grows with what is sent', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 9n), (used) => withMargin(used) > used));
    const store = [{ type: 'storeModule', code: new Uint8Array(), royaltyBps: 0, name: '' }] as const;
    expect(estimateGas(store, 700_000)).toBeGreaterThan(estimateGas(store, 1_000) + 20_000_000n);
  });
});

describe('ExpiryTimes', () => {
  it('never gives one signer the same time twice, nor one far from the wish', () => {
    const [times, now] = [new ExpiryTimes(), new Date()];
    const given = Array.from({ length: 5_000 }, () => times.next('a', now));
    expect(new Set(given).size).toBe(given.length);
    for (const nanos of given) expect(Number(nanos / 1_000_000n) - now.getTime()).toBeLessThan(10);
    expect(toTimestamp(1_000_000_001n)).toEqual({ seconds: 1n, nanos: 1 });
  });
});
