import { describe, expect, test } from 'vitest';
import { runBytes } from '../testing/run-bytes.js';
import { command, write } from '../testing/wat.js';

const F64_NAN = '7ff8000000000000';
const F32_NAN = '7fc00000';

/** The bits of the value of an expression that the module stores or reinterprets, most significant first. */
async function bits(store: string, value: string, definitions = '', before = ''): Promise<string> {
  const size = store.startsWith('f64') || store.startsWith('i64') ? 8 : 4;
  const body = `(local $x f64) (local $y f64) (local $i i32) ${before} (${store} (i32.const 16) ${value}) ${write(16, size)}`;
  const { output } = await runBytes(command(body, definitions));
  return Buffer.from(output).reverse().toString('hex');
}

const nan = '(f64.div (f64.load (i32.const 32)) (f64.load (i32.const 32)))';
const nan32 = '(f32.div (f32.load (i32.const 32)) (f32.load (i32.const 32)))';
const minusOne = '(f64.convert_i32_s (i32.const -1))';

describe('NaNs read as canonical', () => {
  test.each([
    ['0/0', nan],
    ['sqrt(-1)', `(f64.sqrt ${minusOne})`],
    ['a sum with a payload', '(f64.add (f64.const nan:0x123) (f64.const 1))'],
    ['min', '(f64.min (f64.const -nan:0x123) (f64.const 1))'],
    ['floor', '(f64.floor (f64.const -nan:0x123))'],
    ['promotion', '(f64.promote_f32 (f32.const -nan:0x123))'],
    ['through a local', `(block (result f64) (local.set $x ${nan}) (local.get $x))`],
    ['through a tee', `(local.tee $x ${nan})`],
    ['a sum in a local', '(local.get $y)', '', `(local.set $y (f64.add (local.get $y) ${nan}))`],
    ['a select of results', `(select ${nan} (f64.const 1) (i32.const 1))`],
    ['an absolute value', `(f64.abs ${nan})`],
    ['a call', '(call $f)', `(func $f (result f64) ${nan})`],
    ['a parameter', `(call $f ${nan})`, '(func $f (param f64) (result f64) (local.get 0))'],
    ['a global', '(global.get $g)', '(global $g (mut f64) (f64.const 0))', `(global.set $g ${nan})`],
    ['a block', `(block (result f64) (br_if 0 ${nan} (i32.const 1)))`],
    [
      'two locals',
      '(local.get $y)',
      '',
      `(local.set $x ${nan}) (local.set $y (f64.mul (local.get $x) (local.get $x)))`,
    ],
  ])('%s', async (_, value, definitions = '', before = '') => {
    expect(await bits('f64.store', value, definitions, before)).toBe(F64_NAN);
    expect(await bits('i64.store', `(i64.reinterpret_f64 ${value})`, definitions, before)).toBe(F64_NAN);
  });

  test.each([
    ['0/0', nan32],
    ['demotion', '(f32.demote_f64 (f64.const -nan:0x123))'],
    ['max', '(f32.max (f32.const 1) (f32.const -nan:0x123))'],
  ])('%s in f32', async (_, value) => {
    expect(await bits('f32.store', value)).toBe(F32_NAN);
    expect(await bits('i32.store', `(i32.reinterpret_f32 ${value})`)).toBe(F32_NAN);
  });

  test('a negation flips the sign of the canonical one', async () => {
    expect(await bits('f64.store', `(f64.neg ${nan})`)).toBe('fff8000000000000');
    expect(await bits('f64.store', `(f64.neg (f64.neg ${nan}))`)).toBe(F64_NAN);
  });

  test('copysign takes the sign of the canonical one', async () => {
    expect(await bits('f64.store', `(f64.copysign (f64.const -1) ${nan})`)).toBe('3ff0000000000000');
  });
});

describe('bits that are no result of arithmetic stay', () => {
  const definitions = `(global $g (mut f64) (f64.const -nan:0x123)) (global $h (mut f32) (f32.const -nan:0x123))
    (func $f (param f64) (result f64) (local.get 0)) (func $h (param f32) (result f32) (local.get 0))
    (func $r (param f64) (result f64) (local $z f64) (local.set $z (f64.const 0)) (local.set 0 (local.get 0)) (local.get 0))`;
  const load = '(f64.load (i32.const 40))';
  const load32 = '(f32.load (i32.const 40))';
  const set = '(i64.store (i32.const 40) (i64.const 0xfff0000000000123))';
  const set32 = '(i32.store (i32.const 40) (i32.const 0xff800123))';

  test.each([
    ['a constant', '(f64.const -nan:0x123)', ''],
    ['a constant in a local', '(local.get $x)', '(local.set $x (f64.const -nan:0x123))'],
    [
      'a local that also gets results',
      '(local.get $x)',
      `(local.set $x ${nan}) (local.set $x (f64.const -nan:0x123))`,
    ],
    ['a load', load, set],
    ['a parameter', `(call $f ${load})`, set],
    ['a parameter that is set', `(call $r ${load})`, set],
    ['a block', `(block (result f64) (br_if 0 ${load} (i32.const 1)))`, set],
    ['a select', `(select ${load} (f64.const 1) (i32.const 1))`, set],
    ['a global', '(global.get $g)', ''],
    ['two negations', `(f64.neg (f64.neg ${load}))`, set],
    ['a copied sign', `(f64.copysign ${load} (f64.const -1))`, set],
    [
      'a local in a loop',
      '(local.get $y)',
      `${set} (local.set $i (i32.const 2)) (loop (local.set $y (local.get $x)) (local.set $x ${load})
        (br_if 0 (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))`,
    ],
  ])('%s', async (_, value, before) => {
    expect(await bits('f64.store', value, definitions, before)).toBe('fff0000000000123');
  });

  test.each([
    ['a constant', '(f32.const -nan:0x123)', ''],
    ['a load', load32, set32],
    ['a parameter', `(call $h ${load32})`, set32],
    ['a global', '(global.get $h)', ''],
    ['two negations', `(f32.neg (f32.neg ${load32}))`, set32],
  ])('%s in f32', async (_, value, before) => {
    expect(await bits('f32.store', value, definitions, before)).toBe('ff800123');
  });

  test.each([
    ['f32.abs', load32, set32, '7f800123'],
    ['f32.neg', load32, set32, '7f800123'],
    ['f64.abs', load, set, '7ff0000000000123'],
    ['f64.neg', load, set, '7ff0000000000123'],
  ])('but for the sign: %s', async (operation, value, before, expected) => {
    const store = `${operation.slice(0, 3)}.store`;
    expect(await bits(store, `(${operation} ${value})`, definitions, before)).toBe(expected);
  });
});
