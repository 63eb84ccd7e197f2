import type { LoopClass } from '../gas-class.js';

const chain = (name: string, type: string, start: string, next: string, more = ''): LoopClass => ({
  name,
  group: 'arithmetic',
  program: {
    locals: `(local $a ${type}) (local $b ${type}) (local $i i32) (local $l i64) (local $f f32) (local $d f64)`,
    setup: `(local.set $a (${type}.const ${start})) (local.set $b (${type}.const ${start})) ${more}`,
    turn: `(local.set $a ${next}) `,
    finish: `(${type}.store (i32.const 1024) (local.get $a))`,
  },
});

const a = '(local.get $a)';
const b = '(local.get $b)';

/** Each result waits for the one before: the latency of an instruction is the most that it can cost. */
const integers = ['i32', 'i64'].flatMap((type) => {
  const binary = (operation: string) =>
    chain(`${type}.${operation}`, type, '1234567', `(${type}.${operation} ${a} ${b})`);
  const divide = (operation: string) => {
    const most = type === 'i32' ? '0x7fffff1' : '0x7fffffffffffff1';
    return chain(
      `${type}.${operation}`,
      type,
      most,
      `(${type}.${operation} ${b} (${type}.or ${a} (${type}.const 5)))`,
    );
  };
  const unary = (operation: string) =>
    chain(`${type}.${operation}`, type, '1234567', `(${type}.${operation} (${type}.xor ${a} ${b}))`);
  return [
    ...['add', 'xor', 'mul', 'rotl', 'shl'].map(binary),
    ...['div_s', 'div_u', 'rem_s', 'rem_u'].map(divide),
    ...['clz', 'ctz', 'popcnt', 'extend8_s', 'extend16_s'].map(unary),
    chain(`${type}.lt_s`, 'i32', '5', `(${type}.lt_s ${wide(type, a)} ${wide(type, b)})`),
  ];
});

function wide(type: string, value: string): string {
  return type === 'i32' ? value : `(i64.extend_i32_s ${value})`;
}

const floats = ['f32', 'f64'].flatMap((type) => {
  const binary = (operation: string, start = '1.0000001') =>
    chain(`${type}.${operation}`, type, start, `(${type}.${operation} ${a} ${b})`);
  const unary = (operation: string) =>
    chain(`${type}.${operation}`, type, '1.37', `(${type}.${operation} (${type}.add ${a} ${b}))`);
  const tiny = type === 'f32' ? '1e-40' : '1e-310';
  return [
    ...['add', 'mul', 'div', 'min', 'max', 'copysign'].map((operation) => binary(operation)),
    chain(`${type}.div by a denormal`, type, tiny, `(${type}.div ${b} (${type}.add ${a} ${b}))`),
    ...['sqrt', 'nearest', 'floor', 'abs', 'neg'].map(unary),
    chain(`${type}.add of denormals`, type, tiny, `(${type}.add ${a} ${b})`),
    chain(
      `${type}.mul to denormals`,
      type,
      tiny,
      `(${type}.mul (${type}.add ${a} ${b}) (${type}.const 0.499))`,
    ),
    chain(
      `${type}.sqrt of denormals`,
      type,
      tiny,
      `(${type}.mul (${type}.sqrt ${a}) (${type}.const ${tiny}))`,
    ),
    chain(`${type}.lt and select`, type, '1.5', `(select ${b} ${a} (${type}.lt ${a} ${b}))`),
  ];
});

const conversions = [
  ...['s', 'u'].flatMap((sign) =>
    ['i32', 'i64'].flatMap((integer) =>
      ['f32', 'f64'].flatMap((float) =>
        ['trunc', 'trunc_sat'].map((trunc) =>
          chain(
            `${integer}.${trunc}_${float}_${sign}, ${float}.convert_${integer}_${sign}`,
            integer,
            '1234567',
            `(${integer}.${trunc}_${float}_${sign} (${float}.convert_${integer}_${sign} (${integer}.xor ${a} (${integer}.const 5))))`,
          ),
        ),
      ),
    ),
  ),
  chain(
    'f64.convert_i64_u of large numbers',
    'i64',
    '-5',
    '(i64.xor (i64.reinterpret_f64 (f64.convert_i64_u (i64.or (local.get $a) (i64.const 0x8000000000000000)))) (local.get $b))',
  ),
  chain(
    'f32.demote_f64, f64.promote_f32',
    'f64',
    '1.1',
    `(f64.promote_f32 (f32.demote_f64 (f64.add ${a} ${b})))`,
  ),
  chain(
    'i32.reinterpret_f32',
    'f32',
    '1.1',
    `(f32.reinterpret_i32 (i32.xor (i32.reinterpret_f32 ${a}) (i32.const 1)))`,
  ),
  chain(
    'i64.reinterpret_f64',
    'f64',
    '1.1',
    `(f64.reinterpret_i64 (i64.xor (i64.reinterpret_f64 ${a}) (i64.const 1)))`,
  ),
  chain(
    'i32.wrap_i64, i64.extend_i32_s',
    'i64',
    '7',
    `(i64.extend_i32_s (i32.wrap_i64 (i64.mul ${a} ${b})))`,
  ),
  chain('select', 'i32', '7', `(select ${a} (i32.xor ${a} ${b}) (i32.and ${a} (i32.const 3)))`),
];

export const arithmetic: readonly LoopClass[] = [...integers, ...floats, ...conversions];
