import { describe, expect, test } from 'vitest';
import { expectAgreement } from '../testing/agreement.js';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import {
  corruptEach,
  corruptSome,
  everything,
  mutateMany,
  randomModules,
  truncate,
} from '../testing/fuzz.js';
import { Random } from '../testing/random.js';
import { check } from './check.js';

const seed = Number(process.env.DMCN_FUZZ_SEED ?? Date.now() % 2 ** 31);

describe(`check and the engine agree, seed ${seed}`, () => {
  test('on programs cut off at every length', () => {
    for (const name of FIXTURES) truncate(fixture(name), new Random(seed));
  });

  test('on programs with a byte replaced', () => {
    corruptEach(everything());
    corruptEach(fixture('preview1'));
    for (const name of FIXTURES) corruptSome(fixture(name), new Random(seed), 1_500);
  });

  test('on modules with other instructions, sections and types', () => {
    const modules = [everything(), everything(), everything(), ...FIXTURES.map(fixture)];
    expect(mutateMany(modules, new Random(seed), 50_000)).toBeGreaterThan(0);
  });

  test('on random valid modules and what becomes of them', () => {
    const random = new Random(seed);
    const modules = randomModules(random, 30);
    for (const module of modules) {
      expectAgreement(module);
      expect(check(module).map(({ rule }) => rule)).not.toContain('invalid');
      corruptSome(module, random, 100);
    }
    mutateMany(modules, random, 8_000);
  });
});
