import type { Program } from '../program.js';
import { BEYOND } from './numbers.js';
import type { NumberType } from './operators.js';
import { type Variant, variants } from './variants.js';
import { put, write } from './wat.js';

const LEAST = { i32: '0x80000000', i64: '0x8000000000000000' } as const;

/** Each trap of the instruction set, by a value that the compiler knows and by one that it does not. */
export function* trapPrograms(): Generator<Program> {
  yield variants('edge/traps', [...arithmetic(), ...truncations(), ...calls(), ...order()], {
    definitions: `(type $none (func)) (type $wide (func (param i64) (result i64)))
      (func $unreachable unreachable) (func $seven (result i32) ${write(20, 2)} (i32.const 7))`,
  });
}

function* arithmetic(): Generator<Variant> {
  for (const type of ['i32', 'i64'] as const) {
    for (const name of ['div_s', 'div_u', 'rem_s', 'rem_u']) {
      const zero = `(${type}.load (i32.const 256))`;
      yield { name: `${type}-${name}-by-zero`, body: `(drop (${type}.${name} (${type}.const 7) ${zero}))` };
      yield {
        name: `${type}-${name}-by-a-known-zero`,
        body: `(drop (${type}.${name} ${zero} (${type}.const 0)))`,
      };
    }
    const least = `(${type}.const ${LEAST[type]})`;
    yield {
      name: `${type}-div_s-overflow`,
      body: `(${type}.store (i32.const 256) (${type}.const -1)) ${put(type, `(${type}.div_s ${least} (${type}.load (i32.const 256)))`)}`,
    };
    yield {
      name: `${type}-div_s-known-overflow`,
      body: `(drop (${type}.div_s ${least} (${type}.const -1)))`,
    };
  }
}

function* truncations(): Generator<Variant> {
  for (const [key, beyond] of Object.entries(BEYOND)) {
    const [to, from, sign] = key.split('_') as [NumberType, NumberType, string];
    for (const [i, value] of [...beyond, 'nan', '-nan:0x123', 'inf', '-inf'].entries()) {
      const source = i % 2 === 0 ? `(${from}.const ${value})` : `(${from}.load (i32.const 256))`;
      yield {
        name: `${key}-of-${value}`,
        body: `(${from}.store (i32.const 256) (${from}.const ${value})) (drop (${to}.trunc_${from}_${sign} ${source}))`,
      };
    }
  }
}

function calls(): Variant[] {
  return [
    { name: 'unreachable', body: 'unreachable' },
    { name: 'unreachable-deeper', body: '(call $unreachable)' },
    {
      name: 'unreachable-in-a-loop',
      body: '(block (loop (br_if 1 (i32.load (i32.const 256))) unreachable))',
    },
    { name: 'beyond-the-table', body: '(call_indirect (type $none) (i32.const 100000))' },
    { name: 'far-beyond-the-table', body: '(call_indirect (type $none) (i32.const -1))' },
    {
      name: 'of-another-type',
      body: '(drop (call_indirect (type $wide) (i64.const 1) (i32.const 0)))',
    },
  ];
}

/** What was done before a trap stays done, what comes after it does not happen. */
function order(): Variant[] {
  const trap = '(drop (i32.div_u (i32.const 1) (i32.load (i32.const 256))))';
  return [
    { name: 'after-a-write', body: `${write(20, 2)} ${trap} ${write(20, 2)}` },
    {
      name: 'with-operands-waiting',
      body: `${put('i32', `(i32.add (call $seven) (i32.div_u (i32.const 1) (i32.load (i32.const 256))))`)}`,
    },
    {
      name: 'of-two-the-first',
      body: '(i32.store (i32.const -1) (i32.div_u (i32.const 1) (i32.load (i32.const -4))))',
    },
  ];
}
