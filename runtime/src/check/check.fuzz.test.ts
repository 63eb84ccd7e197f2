import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectAgreement } from '../testing/agreement.js';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import {
  corruptEach,
  corruptSome,
  everything,
  mutateMany,
  randomModules,
  small,
  truncate,
} from '../testing/fuzz.js';
import { Random } from '../testing/random.js';
import { check } from './check.js';

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Each module goes through check, and if it is accepted through instrument and a run, and what the engine says of the
 * module is compared (see `expectAgreement`). The long form of this is in check.fuzz.long.test.ts.
 */
describe('check and the engine agree', () => {
  test('on random bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, (some) => void expectAgreement(some)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(bytes, (some) => void expectAgreement(Uint8Array.of(...preamble, ...some))),
      { numRuns: 2_000 },
    );
  });

  test('on a module with every byte replaced by every other', { timeout: 120_000 }, () => {
    expect(expectAgreement(small())).toBe(true);
    corruptEach(small());
  });

  test('on a module cut off at every length', () => {
    expect(expectAgreement(everything())).toBe(true);
    truncate(everything(), new Random(1));
  });

  test.each(FIXTURES)('on a truncated or changed %s', (name) => {
    truncate(fixture(name), new Random(2), 30);
    corruptSome(fixture(name), new Random(3), 60);
  });

  test('on modules with other instructions, sections and types', { timeout: 120_000 }, () => {
    const modules = [everything(), everything(), fixture('preview1')];
    expect(mutateMany(modules, new Random(4), 3_000)).toBeGreaterThan(100);
  });

  test('on random valid modules, of which none is called broken', { timeout: 120_000 }, () => {
    for (const module of randomModules(new Random(5), 4)) {
      expectAgreement(module);
      expect(check(module).map(({ rule }) => rule)).not.toContain('invalid');
    }
  });
});
