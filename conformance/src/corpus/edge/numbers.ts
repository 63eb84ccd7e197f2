import type { Program } from '../program.js';
import {
  constant,
  FLOAT,
  INTEGER,
  keep,
  kept,
  type NumberType,
  SOURCES,
  SPECIAL,
  traps,
} from './operators.js';
import { type Observation, observations } from './variants.js';

const TYPES = ['i32', 'i64', 'f32', 'f64'] as const;
const tableOf = (type: NumberType) => (type.startsWith('i') ? INTEGER : FLOAT);
const around = { init: TYPES.map(keep).join(' ') };

/** Every operation of every type on every pair of special numbers, known to the compiler and not. */
export function* numberPrograms(): Generator<Program> {
  for (const type of TYPES) {
    yield observations(`edge/numbers/${type}-unary`, [...unary(type)], around);
    yield observations(`edge/numbers/${type}-binary`, [...binary(type)], around);
    yield observations(`edge/numbers/${type}-comparisons`, [...comparisons(type)], around);
  }
  yield observations('edge/numbers/conversions', [...conversions()], around);
  yield observations('edge/numbers/truncations', [...truncations()], around);
}

function* unary(type: NumberType): Generator<Observation> {
  const names = [...tableOf(type).unary, ...(type === 'i64' ? ['extend32_s'] : [])];
  for (const name of names) {
    for (const value of SPECIAL[type]) {
      for (const of of SOURCES) yield { type, value: `(${type}.${name} ${of(type, value)})` };
    }
  }
}

function* pairs(type: NumberType): Generator<[left: string, right: string]> {
  for (const left of SPECIAL[type]) for (const right of SPECIAL[type]) yield [left, right];
}

function* binary(type: NumberType): Generator<Observation> {
  for (const name of tableOf(type).binary) {
    for (const [left, right] of pairs(type)) {
      if (traps(type, name, left, right)) continue;
      yield { type, value: `(${type}.${name} ${constant(type, left)} ${constant(type, right)})` };
      yield { type, value: `(${type}.${name} ${kept(type, left)} ${kept(type, right)})` };
      yield { type, value: `(${type}.${name} ${kept(type, left)} ${constant(type, right)})` };
    }
  }
}

function* comparisons(type: NumberType): Generator<Observation> {
  for (const name of tableOf(type).comparisons) {
    for (const [left, right] of pairs(type)) {
      yield { type: 'i32', value: `(${type}.${name} ${kept(type, left)} ${kept(type, right)})` };
    }
  }
  if (!type.startsWith('i')) return;
  for (const value of SPECIAL[type]) yield { type: 'i32', value: `(${type}.eqz ${kept(type, value)})` };
}

const CONVERSIONS: readonly [to: NumberType, name: string, from: NumberType][] = [
  ['i32', 'wrap_i64', 'i64'],
  ['i64', 'extend_i32_s', 'i32'],
  ['i64', 'extend_i32_u', 'i32'],
  ['i32', 'reinterpret_f32', 'f32'],
  ['i64', 'reinterpret_f64', 'f64'],
  ['f32', 'reinterpret_i32', 'i32'],
  ['f64', 'reinterpret_i64', 'i64'],
  ['f32', 'demote_f64', 'f64'],
  ['f64', 'promote_f32', 'f32'],
  ...(['f32', 'f64'] as const).flatMap((to) =>
    (['i32', 'i64'] as const).flatMap((from) =>
      ['s', 'u'].map((sign): [NumberType, string, NumberType] => [to, `convert_${from}_${sign}`, from]),
    ),
  ),
];

/** Integers that lie on, or beside, the middle between two floats. */
const ROUNDED: Readonly<Record<'i32' | 'i64', readonly string[]>> = {
  i32: ['16777217', '16777219', '33554434', '0x7fffff80', '0x7fffffbf', '0xffffff7f', '0xffffff80'],
  i64: [
    '9007199254740993',
    '9007199254740995',
    '0x8000000000000400',
    '0x8000000000000401',
    '0xfffffffffffffbff',
    '0xfffffffffffffc00',
    '0x7ffffffffffffdff',
    '0x7ffffffffffffe00',
    '0x0000008000008000',
    '0x8000008000000001',
  ],
};

function* conversions(): Generator<Observation> {
  for (const [to, name, from] of CONVERSIONS) {
    for (const value of SPECIAL[from]) {
      for (const of of SOURCES) yield { type: to, value: `(${to}.${name} ${of(from, value)})` };
    }
    if (!name.startsWith('convert')) continue;
    for (const value of ROUNDED[from as 'i32' | 'i64'])
      yield { type: to, value: `(${to}.${name} ${constant(from, value)})` };
  }
}

/** The last floats that a truncation takes at either end. */
const LAST: Readonly<Record<string, readonly string[]>> = {
  i32_f32_s: ['-2147483648', '2147483520'],
  i32_f32_u: ['-0.99999994', '4294967040'],
  i32_f64_s: ['-2147483648.9999995', '2147483647.9999998'],
  i32_f64_u: ['-0.9999999999999999', '4294967295.9999995'],
  i64_f32_s: ['-9223372036854775808', '9223371487098961920'],
  i64_f32_u: ['-0.99999994', '18446742974197923840'],
  i64_f64_s: ['-9223372036854775808', '9223372036854774784'],
  i64_f64_u: ['-0.9999999999999999', '18446744073709549568'],
};

/** The first floats beyond them. */
export const BEYOND: Readonly<Record<string, readonly string[]>> = {
  i32_f32_s: ['-2147483904', '2147483648'],
  i32_f32_u: ['-1', '4294967296'],
  i32_f64_s: ['-2147483649', '2147483648'],
  i32_f64_u: ['-1', '4294967296'],
  i64_f32_s: ['-9223373136366403584', '9223372036854775808'],
  i64_f32_u: ['-1', '18446744073709551616'],
  i64_f64_s: ['-9223372036854777856', '9223372036854775808'],
  i64_f64_u: ['-1', '18446744073709551616'],
};

function* truncations(): Generator<Observation> {
  for (const [key, last] of Object.entries(LAST)) {
    const [to, from, sign] = key.split('_') as [NumberType, NumberType, string];
    for (const value of last)
      yield { type: to, value: `(${to}.trunc_${from}_${sign} ${constant(from, value)})` };
    for (const value of [...last, ...(BEYOND[key] ?? [])])
      yield { type: to, value: `(${to}.trunc_sat_${from}_${sign} ${constant(from, value)})` };
    for (const value of SPECIAL[from]) {
      for (const of of SOURCES)
        yield { type: to, value: `(${to}.trunc_sat_${from}_${sign} ${of(from, value)})` };
    }
  }
}
