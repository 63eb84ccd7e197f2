import { list } from '@dmcn/runtime/testing/wat';
import type { LoopClass } from '../gas-class.js';
import type { Program } from '../program.js';

/** A new random number in `$r`. */
const random = '(local.set $r (i32.add (i32.mul (local.get $r) (i32.const 1664525)) (i32.const 1013904223)))';
const bits = (count: number): string =>
  `(i32.and (i32.shr_u (local.get $r) (i32.const 16)) (i32.const ${2 ** count - 1}))`;

const control = (name: string, program: Program): LoopClass => ({
  name,
  group: 'control',
  program: {
    locals: '(local $r i32) (local $s i32)',
    finish: '(i32.store (i32.const 1024) (local.get $s))',
    ...program,
  },
});

const ARMS = 32;

/** A switch over random numbers with so many targets, which share up to `ARMS` different arms. */
function branchTable(count: number): string {
  const blocks = Math.min(2 ** count, ARMS);
  const targets = list(2 ** count, (i) => String((i * 5 + (i >> 5)) % blocks));
  const arms = list(
    blocks,
    (i) => `(local.set $s (i32.xor (local.get $s) (i32.const ${i * 7 + 1}))) (br $out) )`,
  );
  return `${random} (block $out ${'(block '.repeat(blocks)} (br_table ${targets} ${bits(count)}) ) ${arms}`;
}

/** So many small functions, all in the table. */
function table(count: number, body: (i: number) => string): string {
  const functions = list(count, (i) => `(func $f${i} (param i32) (result i32) ${body(i)})`);
  return `(type $t (func (param i32) (result i32))) (table ${count} funcref) (elem (i32.const 0) ${list(count, (i) => `$f${i}`)}) ${functions}`;
}
const small = (i: number): string => `(i32.add (local.get 0) (i32.const ${i + 1}))`;
const indirect = (count: number): string =>
  `${random} (local.set $s (call_indirect (type $t) (local.get $s) ${bits(count)}))`;

const recursion = (params: string, args: string): string =>
  `(func $down (param $d i32) ${params} (if (local.get $d) (then (call $down (i32.sub (local.get $d) (i32.const 1)) ${args}))))`;

export const controls: readonly LoopClass[] = [
  control('loop', { turn: '', unrolled: 1 }),
  control('br_if that cannot be foretold', {
    turn: `${random} (block (br_if 0 ${bits(1)}) (local.set $s (i32.add (local.get $s) (local.get $r))))`,
  }),
  control('if and else that cannot be foretold', {
    turn: `${random} (if ${bits(1)} (then (local.set $s (i32.mul (local.get $s) (local.get $r)))) (else (local.set $s (i32.add (local.get $s) (local.get $n)))))`,
  }),
  ...[2, 5, 12].map((count) =>
    control(`br_table of ${2 ** count} that cannot be foretold`, { turn: branchTable(count), unrolled: 1 }),
  ),
  control('call', {
    definitions:
      '(func $f (param i32) (result i32) (i32.add (local.get 0) (global.get $g))) (global $g (mut i32) (i32.const 3))',
    turn: '(local.set $s (call $f (local.get $s)))',
  }),
  control('call of nothing', { definitions: '(func $f)', turn: '(call $f)' }),
  control('call with 64 parameters', {
    definitions: `(func $f (param ${'i64 '.repeat(64)}))`,
    turn: `(call $f ${'(i64.const 1) '.repeat(64)})`,
  }),
  control('recursion to the limit', {
    definitions: recursion('', ''),
    turn: '(call $down (i32.const 500))',
    unrolled: 1,
  }),
  control('recursion with many parameters', {
    definitions: recursion(
      `(param ${'f64 '.repeat(40)})`,
      list(40, (i) => `(local.get ${i + 1})`),
    ),
    turn: `(call $down (i32.const 100) ${'(f64.const 1) '.repeat(40)})`,
    unrolled: 1,
  }),
  control('call_indirect', {
    definitions: table(1, small),
    turn: '(local.set $s (call_indirect (type $t) (local.get $s) (i32.const 0)))',
  }),
  ...[4, 10, 12, 13].map((count) =>
    control(`call_indirect of ${2 ** count} functions that cannot be foretold`, {
      definitions: table(2 ** count, small),
      turn: indirect(count),
    }),
  ),
  control('call_indirect of large functions that cannot be foretold', {
    definitions: table(
      1_024,
      (i) =>
        `${small(i)} ${list(100, (k) => `(i32.const ${(i + k) * 7919}) i32.mul (i32.const ${k + i}) i32.xor`)}`,
    ),
    turn: indirect(10),
  }),
  ...[512, 2_048, 4_096, 8_192].map((count) =>
    control(`calls of ${count} functions in turn`, {
      definitions: `${list(count, (i) => `(func $f${i} (param i32) (result i32) ${small(i)})`)}
        (func $all (param i32) (result i32) (local.get 0) ${list(count, (i) => `(call $f${(i * 389) % count})`)})`,
      turn: '(local.set $s (call $all (local.get $s)))',
      unrolled: 1,
    }),
  ),
  control('global.get and global.set', {
    definitions: '(global $g (mut i64) (i64.const 1))',
    turn: '(global.set $g (i64.add (global.get $g) (i64.const 3)))',
  }),
  control('locals moved around', {
    locals: list(500, (i) => `(local $x${i} i64)`),
    setup: list(500, (i) => `(local.set $x${i} (i64.load (i32.const ${8 * i})))`),
    turn: `${list(500, (i) => `(local.get $x${i})`)} ${list(500, (i) => `(local.set $x${(i * 3 + 7) % 500})`)}`,
    unrolled: 2,
    finish: list(500, (i) => `(i64.store (i32.const ${8 * i}) (local.get $x${i}))`),
  }),
];
