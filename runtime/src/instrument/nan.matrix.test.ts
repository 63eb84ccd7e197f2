import { describe, expect, test } from 'vitest';
import { runUnit } from '../run/run-unit.js';
import { withOtherNans } from '../testing/other-nans.js';
import { REQUEST } from '../testing/run-bytes.js';
import { command, write } from '../testing/wat.js';
import { instrument } from './instrument.js';

/** Every operation that gives a NaN, from numbers and from NaNs of all kinds. */
const arithmetic = (type: string): string[] => {
  const zero = `(${type}.load (i32.const 0))`;
  const minusOne = `(${type}.convert_i32_s (i32.const -1))`;
  const infinite = `(${type}.div ${minusOne} ${zero})`;
  const strange = ['nan', '-nan', `nan:0x1`, `-nan:0x123`].map((bits) => `(${type}.const ${bits})`);
  const signalling = type === 'f32' ? '(f32.load (i32.const 8))' : '(f64.load (i32.const 16))';
  const nans = [...strange, signalling, `(${type}.neg ${signalling})`];
  const unary = ['ceil', 'floor', 'trunc', 'nearest', 'sqrt'];
  const binary = ['add', 'sub', 'mul', 'div', 'min', 'max'];
  return [
    `(${type}.div ${zero} ${zero})`,
    `(${type}.mul ${zero} ${infinite})`,
    `(${type}.sub ${infinite} ${infinite})`,
    `(${type}.add ${infinite} (${type}.neg ${infinite}))`,
    `(${type}.sqrt ${minusOne})`,
    ...unary.flatMap((operation) => nans.map((nan) => `(${type}.${operation} ${nan})`)),
    ...binary.flatMap((operation) =>
      nans.flatMap((nan) => [
        `(${type}.${operation} ${nan} ${minusOne})`,
        `(${type}.${operation} ${minusOne} ${nan})`,
        `(${type}.${operation} ${nan} ${nans.at(-1)})`,
      ]),
    ),
  ];
};

const SOURCES: Record<string, string[]> = {
  f32: [
    ...arithmetic('f32'),
    ...['nan', '-nan:0x123', 'nan:0x20000000'].map((bits) => `(f32.demote_f64 (f64.const ${bits}))`),
    '(f32.demote_f64 (f64.load (i32.const 16)))',
    '(f32.demote_f64 (f64.sqrt (f64.const -1)))',
  ],
  f64: [
    ...arithmetic('f64'),
    ...['nan', '-nan:0x123'].map((bits) => `(f64.promote_f32 (f32.const ${bits}))`),
    '(f64.promote_f32 (f32.load (i32.const 8)))',
    '(f64.promote_f32 (f32.sqrt (f32.const -1)))',
  ],
};

/** Every way in which a value gets from where it is made to where its bits are seen; `T` is its type. */
const WAYS: Record<string, (source: string) => string> = {
  'at once': (source) => source,
  'a local': (source) => `(local.set $x ${source}) (local.get $x)`,
  'a local set twice': (source) =>
    `(local.set $x (T.load (i32.const 8))) (local.set $x ${source}) (local.get $x)`,
  'a local that may be set again': (source) =>
    `(local.set $x ${source}) (if (local.get $i) (then (local.set $x (T.load (i32.const 8))))) (local.get $x)`,
  'a tee': (source) => `(local.tee $x ${source})`,
  'the local of a tee': (source) => `(drop (local.tee $x ${source})) (local.get $x)`,
  'two locals': (source) => `(local.set $x ${source}) (local.set $y (local.get $x)) (local.get $y)`,
  'a parameter that is set': (source) => `(call $set ${source})`,
  'a global': (source) => `(global.set $g ${source}) (global.get $g)`,
  'the result of a block': (source) => `(block (result T) ${source})`,
  'the parameter of a block': (source) => `${source} (block (param T) (result T))`,
  'the parameter of a loop': (source) => `${source} (loop (param T) (result T))`,
  'a branch': (source) => `(block (result T) (br 0 ${source}))`,
  'a branch back': (source) => `
    (local.set $i (i32.const 1)) (T.const 1)
    (loop $again (param T) (result T)
      (if (param T) (result T) (local.get $i) (then
        (drop) (local.set $i (i32.const 0)) (br $again ${source}))))`,
  'a branch out of two blocks': (source) => `(block (result T) (block (br 1 ${source})) (T.const 1))`,
  'a br_if that is taken': (source) => `(block (result T) (br_if 0 ${source} (i32.const 1)))`,
  'a br_if that is not taken': (source) => `(block (result T) (br_if 0 ${source} (i32.const 0)))`,
  'a br_table': (source) => `(block (result T) (block (result T) (br_table 0 1 0 ${source} (i32.const 1))))`,
  'an if': (source) => `(if (result T) (i32.const 1) (then ${source}) (else (T.const 1)))`,
  'an else': (source) => `(if (result T) (i32.const 0) (then (T.const 1)) (else ${source}))`,
  'an if without else': (source) =>
    `${source} (if (param T) (result T) (i32.const 0) (then (drop) (T.const 1)))`,
  'a select with a number': (source) => `(select ${source} (T.const 1) (i32.const 1))`,
  'a select with a load': (source) => `(select (T.load (i32.const 8)) ${source} (i32.const 0))`,
  'a select of two': (source) => `(select ${source} ${source} (i32.const 0))`,
  'a select of a select': (source) =>
    `(select (select ${source} (T.const 1) (i32.const 1)) (T.const nan:0x55) (i32.const 1))`,
  'a call': (source) => `(call $identity ${source})`,
  'a call through the table': (source) => `(call_indirect (type $unary) ${source} (i32.const 0))`,
  'a return': (source) => `(call $returned (i32.const 1) ${source})`,
  'a return of two': (source) => `(call $two ${source}) (drop)`,
  'an absolute value': (source) => `(T.abs ${source})`,
  'an absolute value of a negation': (source) => `(T.abs (T.neg ${source}))`,
  'a negation of a negation': (source) => `(T.neg (T.neg ${source}))`,
  'copysign with a number': (source) => `(T.copysign ${source} (T.const 1))`,
  'copysign with itself': (source) => `(local.set $x ${source}) (T.copysign (local.get $x) (local.get $x))`,
  'a sum in a loop': (source) => `
    (local.set $i (i32.const 3)) (local.set $x (T.const 0))
    (loop (local.set $x (T.add (local.get $x) ${source}))
      (br_if 0 (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (local.get $x)`,
  memory: (source) => `(T.store (i32.const 24) ${source}) (T.load (i32.const 24))`,
  'the integer of its bits': (source) => `(T.reinterpret_I (I.reinterpret_T ${source}))`,
};

/** As above, where the sign of the NaN shows: what is to be read. */
const SIGNED: [way: string, value: (source: string) => string, f32: string, f64: string][] = [
  ['a negation', (source) => `(T.neg ${source})`, 'ffc00000', 'fff8000000000000'],
  ['the sign of a NaN', (source) => `(T.copysign (T.const -1) ${source})`, '3f800000', '3ff0000000000000'],
  ['a NaN with a sign', (source) => `(T.copysign ${source} (T.const -1))`, 'ffc00000', 'fff8000000000000'],
  [
    'the sign of a negation',
    (source) => `(T.copysign (T.const 1) (T.neg ${source}))`,
    'bf800000',
    'bff0000000000000',
  ],
];

const [VALUES, OUT] = [1_024, 64];

/** Stores the value of each source, got there in that way, and gives the bits of each. */
function valuesOf(
  type: string,
  way: (source: string) => string,
  rewrite: (module: Uint8Array) => Uint8Array,
): string[] {
  const size = type === 'f32' ? 4 : 8;
  const integer = type === 'f32' ? 'i32' : 'i64';
  const sources = SOURCES[type] ?? [];
  const typed = (text: string): string =>
    text
      .replaceAll('_T', `_${type}`)
      .replaceAll('_I', `_${integer}`)
      .replace(/\bT\b/g, type)
      .replace(/\bI\b/g, integer);
  const functions = sources.map(
    (source, i) => `(func $f${i} (local $x T) (local $y T) (local $i i32)
      (i32.const ${VALUES + i * size}) ${way(source)} (T.store))`,
  );
  const definitions = typed(`
    (type $unary (func (param T) (result T))) (table 1 funcref) (elem (i32.const 0) $identity)
    (global $g (mut T) (T.const 0))
    (func $identity (param T) (result T) (local.get 0))
    (func $set (param T) (result T) (local $p T) (local.set $p (local.get 0)) (local.set 0 (T.const 1)) (local.set 0 (local.get $p)) (local.get 0))
    (func $returned (param i32) (param T) (result T) (if (local.get 0) (then (return (T.add (local.get 1) (T.const 1))))) (T.const 1))
    (func $two (param T) (result T i32) (T.add (local.get 0) (T.const 1)) (i32.const 1) (return))
    ${functions.join('\n')}`);
  const body = `(i32.store (i32.const 8) (i32.const 0xff800123)) (i64.store (i32.const 16) (i64.const 0xfff0000000000123))
    ${sources.map((_, i) => `(call $f${i})`).join(' ')} ${write(VALUES, sources.length * size)
      .replaceAll('(i32.const 0)', `(i32.const ${OUT})`)
      .replace('(i32.const 4)', `(i32.const ${OUT + 4})`)}`;
  const module = new WebAssembly.Module(
    rewrite(instrument(command(body, definitions))) as Uint8Array<ArrayBuffer>,
  );
  const task = { id: new Uint8Array(32), findings: [], program: { module, entryGas: 0, initialPages: 1 } };
  const { status, output } = runUnit(task, REQUEST);
  expect(status).toBe('OK');
  expect(output.length).toBe(sources.length * size);
  return sources.map((_, i) =>
    Buffer.from(output.slice(i * size, (i + 1) * size))
      .reverse()
      .toString('hex'),
  );
}

const engines: [string, (module: Uint8Array) => Uint8Array][] = [
  ['this engine', (module) => module],
  ['an engine with other NaNs', withOtherNans],
];

describe.each(engines)('on %s every NaN of arithmetic reads as canonical', (_, rewrite) => {
  test.each(Object.entries(WAYS))('by way of %s', (_way, value) => {
    expect(new Set(valuesOf('f32', value, rewrite))).toEqual(new Set(['7fc00000']));
    expect(new Set(valuesOf('f64', value, rewrite))).toEqual(new Set(['7ff8000000000000']));
  });

  test.each(SIGNED)('but for its sign: %s', (_way, value, f32, f64) => {
    expect(new Set(valuesOf('f32', value, rewrite))).toEqual(new Set([f32]));
    expect(new Set(valuesOf('f64', value, rewrite))).toEqual(new Set([f64]));
  });
});
