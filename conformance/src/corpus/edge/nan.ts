import type { Program } from '../program.js';
import { constant, FLOAT, type FloatType, keep, kept, SPECIAL } from './operators.js';
import { type Observation, observations } from './variants.js';

const INTEGER_OF = { f32: 'i32', f64: 'i64' } as const;
const OTHER = { f32: 'f64', f64: 'f32' } as const;
const BITS = { f32: 32, f64: 64 } as const;
const PAYLOAD = '-nan:0x123';

/** What can be seen of a float `e`, and the functions it takes. */
type Look = (e: string, unique: string) => Observation & { readonly definitions?: string };

/** Each way to see the bits of a NaN of a type. */
function waysToLook(type: FloatType): readonly Look[] {
  const integer = INTEGER_OF[type];
  const top = BITS[type] - 1;
  const value =
    (of: (e: string) => string): Look =>
    (e) => ({ type, value: of(e) });
  const asInteger =
    (of: (e: string) => string): Look =>
    (e) => ({ type: integer, value: of(e) });
  const bits = (e: string) => `(${integer}.reinterpret_${type} ${e})`;
  const one = constant(type, '1');
  const scratch = '(i32.const 64)';
  return [
    value((e) => e),
    asInteger(bits),
    asInteger((e) => `(${integer}.shr_u ${bits(e)} (${integer}.const ${top}))`),
    (e) => ({ type: 'i32', value: `(${integer}.lt_s ${bits(e)} (${integer}.const 0))` }),
    value((e) => `(${type}.copysign ${one} ${e})`),
    value((e) => `(${type}.copysign ${e} (${type}.neg ${one}))`),
    value((e) => `(${type}.neg ${e})`),
    value((e) => `(${type}.neg (${type}.neg ${e}))`),
    value((e) => `(${type}.abs ${e})`),
    value((e) => `(${type}.abs (${type}.neg ${e}))`),
    value((e) => `(${type}.mul ${e} ${e})`),
    value((e) => `(local.tee $x_${type} ${e})`),
    (e) => ({ type, before: `(local.set $x_${type} ${e})`, value: `(local.get $x_${type})` }),
    (e) => ({
      type: integer,
      before: `(local.set $x_${type} ${e}) (local.set $y_${type} (local.get $x_${type}))`,
      value: bits(`(${type}.neg (local.get $y_${type}))`),
    }),
    (e) => ({
      type,
      before: `(local.set $y_${type} ${one}) (local.set $i (i32.const 3))
        (loop (local.set $y_${type} (${type}.add (local.get $y_${type}) ${e}))
          (br_if 0 (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))`,
      value: `(local.get $y_${type})`,
    }),
    (e) => ({
      type,
      before: `(local.set $z_${type} ${constant(type, PAYLOAD)})
        (if (i32.load (i32.const 72)) (then (local.set $z_${type} ${e})))`,
      value: `(local.get $z_${type})`,
    }),
    (e) => ({ type, before: `(global.set $g_${type} ${e})`, value: `(global.get $g_${type})` }),
    value((e) => `(select ${e} ${one} (i32.load (i32.const 68)))`),
    value((e) => `(select ${one} ${e} (i32.load (i32.const 72)))`),
    value((e) => `(select ${constant(type, PAYLOAD)} ${e} (i32.load (i32.const 72)))`),
    value((e) => `(block (result ${type}) ${e})`),
    value((e) => `(block (result ${type}) ${e} (br 0))`),
    value((e) => `(block (result ${type}) (drop (br_if 0 ${e} (i32.load (i32.const 68)))) ${one})`),
    value((e) => `(loop (result ${type}) ${e})`),
    value(
      (e) =>
        `(block (result ${type}) (block (result ${type}) ${e} (br_table 0 1 0 (i32.load (i32.const 68)))))`,
    ),
    value((e) => `(if (result ${type}) (i32.load (i32.const 68)) (then ${e}) (else ${one}))`),
    value(
      (e) => `(if (result ${type}) (i32.load (i32.const 72)) (then ${constant(type, PAYLOAD)}) (else ${e}))`,
    ),
    value((e) => `(call $same_${type} ${e})`),
    value((e) => `(call_indirect (type $to_${type}) ${e} (i32.const ${type === 'f32' ? 0 : 1}))`),
    (e, unique) => ({
      type,
      value: `(call $${unique})`,
      definitions: `(func $${unique} (result ${type}) ${e})`,
    }),
    (e, unique) => ({
      type,
      value: `(call $${unique} (i32.const 0)) (local.set $n)`,
      definitions: `(func $${unique} (param i32) (result ${type} i64)
        (if (local.get 0) (then (return ${one} (i64.const 1)))) (return ${e} (i64.const 2)))`,
    }),
    (e) => ({
      type: integer,
      before: `(${type}.store ${scratch} ${e})`,
      value: `(${integer}.load ${scratch})`,
    }),
    (e) => ({
      type: 'i32',
      before: `(${type}.store offset=${80 + (type === 'f32' ? 4 : 0)} (i32.const 0) ${e})`,
      value: `(i32.load8_u (i32.const 87))`,
    }),
    value((e) => roundTrip(type, e)),
    (e) => ({ type: 'i32', value: `(${type}.ne ${e} ${e})` }),
    (e) => ({ type: 'i32', value: `(i32.and (i32.trunc_sat_${type}_s ${e}) (i32.const 0xffff))` }),
  ];
}

function roundTrip(type: FloatType, e: string): string {
  return type === 'f32'
    ? `(f32.demote_f64 (f64.promote_f32 ${e}))`
    : `(f64.promote_f32 (f32.demote_f64 ${e}))`;
}

/** Pairs that make a NaN of some operation, or hand one on, with one that does not. */
const OPERANDS: readonly [left: string, right: string][] = [
  ['0', '-0'],
  ['inf', '-inf'],
  ['inf', 'inf'],
  ['0', 'inf'],
  ['-1', '1'],
  ['nan', '1'],
  ['1', '-nan'],
  [PAYLOAD, 'nan'],
  ['-nan', PAYLOAD],
];

/** Every operation that can make a NaN, each in each way that its bits can be seen. */
export function* nanPrograms(): Generator<Program> {
  for (const type of ['f32', 'f64'] as const) {
    for (const name of FLOAT.binary) {
      const operands = OPERANDS.flatMap(([left, right]) => [
        `(${type}.${name} ${constant(type, left)} ${constant(type, right)})`,
        `(${type}.${name} ${kept(type, left)} ${kept(type, right)})`,
      ]);
      yield looks(`edge/nan/${type}-${name}`, type, operands);
    }
    for (const name of FLOAT.unary)
      yield looks(`edge/nan/${type}-${name}`, type, each(type, `${type}.${name}`));
    for (const name of FLOAT.signs)
      yield looks(`edge/nan/${type}-${name}`, type, each(type, `${type}.${name}`));
    const from = OTHER[type];
    const conversion = type === 'f32' ? 'f32.demote_f64' : 'f64.promote_f32';
    yield looks(`edge/nan/${conversion.replace('.', '-')}`, type, each(from, conversion));
    yield looks(`edge/nan/${type}-as-it-is`, type, [
      ...NANS[type].map((value) => constant(type, value)),
      ...NANS[type].map((value) => kept(type, value)),
    ]);
  }
}

const NANS: Readonly<Record<FloatType, readonly string[]>> = {
  f32: SPECIAL.f32.filter((value) => value.includes('nan')),
  f64: SPECIAL.f64.filter((value) => value.includes('nan')),
};

function each(from: FloatType, instruction: string): string[] {
  return ['-1', 'inf', ...NANS[from]].flatMap((value) => [
    `(${instruction} ${constant(from, value)})`,
    `(${instruction} ${kept(from, value)})`,
  ]);
}

function looks(name: string, type: FloatType, operands: readonly string[]): Program {
  const seen = waysToLook(type).flatMap((look, way) => operands.map((e, i) => look(e, `f${way}_${i}`)));
  const both = (of: (type: FloatType) => string) => of('f32') + of('f64');
  return observations(name, seen, {
    init: `${both(keep)} (i32.store (i32.const 68) (i32.const 1))`,
    locals: `${both((t) => `(local $x_${t} ${t}) (local $y_${t} ${t}) (local $z_${t} ${t})`)} (local $i i32) (local $n i64)`,
    definitions: `${both(
      (t) => `(type $to_${t} (func (param ${t}) (result ${t}))) (global $g_${t} (mut ${t}) (${t}.const 0))
        (func $same_${t} (param ${t}) (result ${t}) (local.get 0))`,
    )} (table 2 funcref) (elem (i32.const 0) $same_f32 $same_f64)
    ${seen.map(({ definitions = '' }) => definitions).join('\n')}`,
  });
}
