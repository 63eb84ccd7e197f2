import { describe, expect, test } from 'vitest';
import { runBytes } from '../testing/run-bytes.js';
import { command, list, recursive } from '../testing/wat.js';

type NumberType = 'i32' | 'i64' | 'f32' | 'f64';

/** Recurses without end. */
const recursion = (...frame: Parameters<typeof recursive>): Uint8Array =>
  command('(call $r (i32.const -1))', recursive(...frame));

describe('endless recursion ends with STACK_OVERFLOW before the engine ends it', () => {
  test.each<[NumberType, number, number]>([
    ['i32', 0, 0],
    ['i64', 5, 0],
    ['i64', 500, 0],
    ['f64', 500, 500],
    ['i64', 0, 1_000],
    ['f64', 0, 1_000],
    ['f32', 100, 20],
  ])('%s, %i locals, %i operands', async (type, locals, operands) => {
    expect((await runBytes(recursion(type, locals, operands))).status).toBe('STACK_OVERFLOW');
  });

  test.each([100, 1_000])('%i expressions that an optimiser keeps across the call', async (count) => {
    const twice = list(
      count,
      (i) =>
        `(local.set $a (i64.xor (i64.rotl (local.get $a) (i64.const 1))
          (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const ${2 * i + 100_003}))))`,
    );
    const bytes = command(
      '(call $r (i32.const -1))',
      `(global $g (mut i64) (i64.const 0))
      (func $r (param $n i32) (local $a i64) ${twice}
        (if (local.get $n) (then (call $r (i32.sub (local.get $n) (i32.const 1))))) ${twice}
        (global.set $g (local.get $a)))`,
    );
    expect((await runBytes(bytes)).status).toBe('STACK_OVERFLOW');
  });

  test('through the table', async () => {
    const bytes = command('(call_indirect (i32.const 0))', '(table 1 funcref) (elem (i32.const 0) $start)');
    expect(await runBytes(bytes)).toMatchObject({ status: 'STACK_OVERFLOW', statusCode: 4 });
  });

  test('with a host call at the deepest frame', async () => {
    const bytes = command(
      '(call $r)',
      '(func $r (drop (call $random_get (i32.const 0) (i32.const 64))) (call $r))',
    );
    expect((await runBytes(bytes)).status).toBe('STACK_OVERFLOW');
  });
});

test('frames are given back on every way out of a function', async () => {
  const definitions = `
    (func $g)
    (func $return (param i32) (result i32) (call $g) (if (local.get 0) (then (return (i32.const 1)))) (i32.const 2))
    (func $branch (param i32) (call $g) (block (br_table 0 1 (local.get 0))) (br_if 0 (local.get 0)))
    (func $several (param i32) (result i32 i64) (call $g)
      (if (local.get 0) (then (return (i32.const 1) (i64.const 2)))) (i32.const 3) (i64.const 4))`;
  const bytes = command(
    `(local $i i32) (loop
      (drop (call $return (i32.and (local.get $i) (i32.const 1)))) (call $branch (i32.and (local.get $i) (i32.const 1)))
      (call $several (i32.and (local.get $i) (i32.const 1))) (drop) (drop)
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))`,
    definitions,
  );
  expect((await runBytes(bytes)).status).toBe('OK');
});
