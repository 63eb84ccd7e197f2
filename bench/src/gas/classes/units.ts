import { list } from '@dmcn/runtime/testing/wat';
import type { UnitClass } from '../gas-class.js';

const unit = (name: string, module: UnitClass['module'], more: Partial<UnitClass> = {}): UnitClass => ({
  name,
  group: 'unit',
  module,
  ...more,
});

const bare = (definitions: string, body = '', memory = '1'): string =>
  `(module (memory (export "memory") ${memory}) ${definitions} (func (export "_start") ${body}))`;

const every4KiB =
  '(local $p i32) (loop (i32.store (local.get $p) (i32.const 1)) (br_if 0 (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 4096))) (i32.const 0x20000000))))';
const filled = (count: number): string =>
  `(table 65536 funcref) (func $f) ${list(count, () => `(elem (i32.const 0) ${'$f '.repeat(65_536)})`)}`;
/** So much code that it fills a module of 2 MiB, in functions of one size. */
const code = (functions: number, words: number): string =>
  list(
    functions,
    (i) =>
      `(func $f${i} (param i32) (result i32) (local.get 0) ${list(words, (k) => `(i32.const ${(((i * 31 + k) * 7_919) % 8_000) + 64}) ${k % 3 === 0 ? 'i32.mul' : k % 3 === 1 ? 'i32.add' : 'i32.xor'}`)})`,
  );
const calls = (functions: number): string =>
  `(local $s i32) ${list(functions, (i) => `(local.set $s (call $f${i} (local.get $s)))`)}`;
const branches = (functions: number, words: number): string =>
  list(
    functions,
    (i) =>
      `(func $f${i} (param i32) (result i32) ${list(words, (k) => `(if (local.get 0) (then (local.set 0 (i32.add (local.get 0) (i32.const ${k}))))) `)} (local.get 0))`,
  );

export const units: readonly UnitClass[] = [
  unit('a unit that does nothing', () => bare('')),
  unit('an input of 512 KiB', () => bare(''), { input: new Uint8Array(512 << 10).fill(7) }),
  unit('512 MiB of memory', () => bare('', '', '8192')),
  unit('512 MiB of memory, touched', () => bare('', every4KiB, '8192')),
  unit('a table of 65,536', () => bare('(table 65536 funcref)')),
  unit('a table of 65,536, filled', () => bare(filled(1))),
  unit('a table of 65,536, filled 16 times', () => bare(filled(16))),
  unit('8,192 data segments', () => bare(list(8_192, (i) => `(data (i32.const ${i * 8}) "x")`))),
  unit('4,096 globals', () => bare(list(4_096, (i) => `(global (mut i64) (i64.const ${i}))`))),
  unit('preparing a small module', () => bare(''), { group: 'preparation' }),
  unit(
    'preparing 2 MiB of data',
    () =>
      bare(
        list(32, (i) => `(data (i32.const ${i * 65_536}) "${'x'.repeat(65_000)}")`),
        '',
        '32',
      ),
    { group: 'preparation' },
  ),
  unit('preparing 10,000 functions', () => bare(code(9_990, 40)), { group: 'preparation' }),
  unit('preparing large functions', () => bare(code(16, 31_000)), { group: 'preparation' }),
  unit('preparing many branches', () => bare(branches(48, 1_000)), { group: 'preparation' }),
  unit('preparing and running 9,990 functions once', () => bare(code(9_990, 40), calls(9_990)), {
    group: 'preparation',
  }),
  unit('preparing and running large functions once', () => bare(code(16, 31_000), calls(16)), {
    group: 'preparation',
  }),
];
