import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDmc, MAX_AMOUNT, parseDmc, parseUdmc } from './amount.js';
import { auditDeposit, auditFee, MAX_AUDIT_ROUNDS } from './audit-fee.js';
import { batchCount } from './batch.js';
import { batchBond } from './bond.js';
import { U64_MAX } from './bytes.js';
import { AmountSyntaxError, NumberRangeError, ProtocolError } from './errors.js';
import { type EscrowTerms, escrow } from './escrow.js';
import { batchPayment } from './payment.js';
import { goldenCases } from './testing/vectors.js';

type Json<Numbers extends string, Bigints extends string> = Record<Numbers, number> & Record<Bigints, string>;

const golden = goldenCases<{
  escrow: ({ name: string; escrow?: string } & Json<
    'units' | 'batchSize' | 'royaltyBps' | 'feeBps' | 'auditors' | 'samples',
    'gasLimit' | 'maxPrice' | 'auditFloor'
  >)[];
  bond: ({ bond?: string } & Json<'units' | 'factor', 'gasLimit' | 'maxPrice'>)[];
  payment: Json<'royaltyBps' | 'feeBps', 'gasTotal' | 'ask' | 'pay' | 'royalty' | 'fee'>[];
  auditFee: Json<'round', 'gas' | 'ask' | 'maxPrice' | 'auditFloor' | 'fee'>[];
  auditDeposit: Json<'samples', 'gasLimit' | 'maxPrice' | 'auditFloor' | 'deposit'>[];
}>('amounts');

const dmc = goldenCases<{
  written: { udmc: string; dmc: string }[];
  read: { udmc: string; dmc: string }[];
  refused: string[];
}>('dmc');

/** Compares with a golden sum, or expects the refusal of one beyond 128 bits. */
function expectSum(sum: () => bigint, expected: string | undefined): void {
  if (expected === undefined) expect(sum).toThrow(NumberRangeError);
  else expect(sum()).toBe(BigInt(expected));
}

describe('golden sums', () => {
  test.each(golden.escrow)(
    'escrow: $name',
    ({ escrow: expected, gasLimit, maxPrice, auditFloor, ...terms }) => {
      const prices = {
        gasLimit: BigInt(gasLimit),
        maxPrice: BigInt(maxPrice),
        auditFloor: BigInt(auditFloor),
      };
      expectSum(() => escrow({ ...terms, ...prices }), expected);
    },
  );

  test.each(golden.bond)('bond of $units units at $maxPrice', ({ bond, gasLimit, maxPrice, ...terms }) => {
    const prices = { gasLimit: BigInt(gasLimit), maxPrice: BigInt(maxPrice) };
    expectSum(() => batchBond({ ...terms, ...prices }), bond);
  });

  test.each(golden.payment)(
    'payment of $gasTotal gas at $ask',
    ({ gasTotal, ask, pay, royalty, fee, ...shares }) => {
      const payment = batchPayment({ ...shares, gasTotal: BigInt(gasTotal), ask: BigInt(ask) });
      expect(payment).toEqual({ pay: BigInt(pay), royalty: BigInt(royalty), fee: BigInt(fee) });
    },
  );

  test.each(golden.auditFee)('audit fee of $gas gas in round $round', ({ round, fee, ...json }) => {
    const terms = { gas: BigInt(json.gas), ask: BigInt(json.ask), maxPrice: BigInt(json.maxPrice) };
    expectSum(() => auditFee({ round, ...terms, auditFloor: BigInt(json.auditFloor) }), fee);
  });

  test.each(golden.auditDeposit)('audit deposit for $samples samples', ({ samples, deposit, ...json }) => {
    const prices = { maxPrice: BigInt(json.maxPrice), auditFloor: BigInt(json.auditFloor) };
    expectSum(() => auditDeposit({ samples, gasLimit: BigInt(json.gasLimit), ...prices }), deposit);
  });
});

describe('golden texts', () => {
  test.each(dmc.written)('$udmc udmc is $dmc DMC', ({ udmc, dmc: text }) => {
    expect(formatDmc(BigInt(udmc))).toBe(text);
    expect(parseDmc(text)).toBe(BigInt(udmc));
    expect(parseUdmc(udmc)).toBe(BigInt(udmc));
  });

  test.each(dmc.read)('$dmc DMC is $udmc udmc', ({ udmc, dmc: text }) => {
    expect(parseDmc(text)).toBe(BigInt(udmc));
  });

  test.each(dmc.refused)('%j is no amount', (text) => {
    expect(() => parseDmc(text)).toThrow(ProtocolError);
  });
});

const anyAmount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });
const anyPrice = fc.bigInt({ min: 0n, max: 10n ** 12n });
const anyGas = fc.bigInt({ min: 0n, max: U64_MAX / 64n });
const anyTerms: fc.Arbitrary<EscrowTerms> = fc.record({
  units: fc.integer({ min: 1, max: 200 }),
  batchSize: fc.integer({ min: 16, max: 64 }),
  gasLimit: anyGas,
  maxPrice: anyPrice,
  royaltyBps: fc.nat(2_000),
  feeBps: fc.nat(500),
  auditors: fc.nat(3),
  samples: fc.nat(16),
  auditFloor: anyPrice,
});

test('every amount of 128 bits is read as it was written', () => {
  fc.assert(
    fc.property(anyAmount, (amount) => {
      expect(parseDmc(formatDmc(amount))).toBe(amount);
    }),
  );
});

test('the escrow covers all that a job can cost', () => {
  fc.assert(
    fc.property(anyTerms, fc.nat(MAX_AUDIT_ROUNDS - 1), (terms, round) => {
      const { units, batchSize, gasLimit, maxPrice, royaltyBps, feeBps, auditFloor } = terms;
      let cost = 0n;
      for (let first = 0; first < units; first += batchSize) {
        const gasTotal = BigInt(Math.min(batchSize, units - first)) * gasLimit;
        const { pay, royalty, fee } = batchPayment({ gasTotal, ask: maxPrice, royaltyBps, feeBps });
        cost += pay + royalty + fee;
      }
      const gas = BigInt(terms.samples) * gasLimit;
      const audit = auditFee({ round, gas, ask: maxPrice, maxPrice, auditFloor });
      cost += BigInt(batchCount(terms) * terms.auditors) * audit;
      expect(escrow(terms) >= cost).toBe(true);
    }),
  );
});

test('a sum is exact and never silently wraps, whatever the 128-bit prices', () => {
  fc.assert(
    fc.property(anyAmount, fc.bigInt({ min: 0n, max: U64_MAX }), (price, gas) => {
      const exact = (25n * gas * price + 10n ** 9n - 1n) / 10n ** 9n;
      expectSum(
        () => batchBond({ units: 1, gasLimit: gas, maxPrice: price }),
        exact > MAX_AMOUNT ? undefined : String(exact),
      );
    }),
  );
});

test('amounts, gas and shares out of range are refused', () => {
  const payment = { gasTotal: 1n, ask: 1n, royaltyBps: 0, feeBps: 0 };
  expect(() => batchPayment({ ...payment, ask: -1n })).toThrow(NumberRangeError);
  expect(() => batchPayment({ ...payment, ask: MAX_AMOUNT + 1n })).toThrow(NumberRangeError);
  expect(() => batchPayment({ ...payment, gasTotal: U64_MAX + 1n })).toThrow(NumberRangeError);
  expect(() => batchPayment({ ...payment, feeBps: 10_001 })).toThrow(NumberRangeError);
  expect(() => formatDmc(-1n)).toThrow(NumberRangeError);
  expect(() => parseUdmc('1.5')).toThrow(AmountSyntaxError);
  expect(() => parseUdmc(String(MAX_AMOUNT + 1n))).toThrow(NumberRangeError);
});

test('a job cannot sample more units than a batch has', () => {
  const [terms] = fc.sample(anyTerms, 1);
  if (terms === undefined) throw new Error('no sample');
  expect(() => escrow({ ...terms, samples: terms.batchSize + 1 })).toThrow(NumberRangeError);
});
