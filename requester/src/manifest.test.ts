import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payByUnit } from './manifest.js';

test('property: the parts of the units add up to the pay of the batch', () => {
  const gas = fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), { minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(gas, fc.bigInt({ min: 1n, max: 10n ** 9n }), (units, ask) => {
      const total = units.reduce((sum, each) => sum + each, 0n);
      const parts = payByUnit(units, ask);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe((total * ask) / 10n ** 9n);
      expect(parts.every((part) => part >= 0n)).toBe(true);
    }),
  );
});
