/** The types of numbers. */
export type NumberType = 'i32' | 'i64' | 'f32' | 'f64';
export type FloatType = 'f32' | 'f64';

const words = (text: string) => text.split(' ');

/** Names behind `i32.` and `i64.`. */
export const INTEGER = {
  unary: words('clz ctz popcnt extend8_s extend16_s'),
  binary: words('add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'),
  comparisons: words('eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'),
} as const;

/** Names behind `f32.` and `f64.`. */
export const FLOAT = {
  unary: words('sqrt ceil floor trunc nearest'),
  /** Keep every bit of a NaN but its sign. */
  signs: words('abs neg'),
  binary: words('add sub mul div min max'),
  comparisons: words('eq ne lt gt le ge'),
} as const;

/** Numbers at the edges, as the text format writes them. */
export const SPECIAL: Readonly<Record<NumberType, readonly string[]>> = {
  i32: words('0 1 -1 2 31 32 33 0x7fffffff 0x80000000 0x80 0xffff8000 0x12345678'),
  i64: words(
    '0 1 -1 63 64 65 0x7fffffffffffffff 0x8000000000000000 0x80 0xffffffff 0x80000000 0x123456789abcdef0',
  ),
  f32: words(
    '0 -0 1 -1 0.5 1.5 -2.5 16777217 0x1p-149 -0x1p-126 0x1.fffffep+127 inf -inf nan -nan nan:0x200000 -nan:0x123',
  ),
  f64: words(
    '0 -0 1 -1 0.5 1.5 -2.5 9007199254740993 0x1p-1074 -0x1p-1022 0x1.fffffffffffffp+1023 inf -inf nan -nan nan:0x4000000000000 -nan:0x123',
  ),
};

/** Where `keep` puts the special numbers of each type, 8 bytes for each. */
const KEPT: Readonly<Record<NumberType, number>> = { i32: 4096, i64: 4608, f32: 5120, f64: 5632 };

/** Instructions that keep a type's special numbers in memory, so that no compiler knows them. */
export function keep(type: NumberType): string {
  return SPECIAL[type]
    .map((value, i) => `(${type}.store (i32.const ${KEPT[type] + 8 * i}) ${constant(type, value)})`)
    .join(' ');
}

export function constant(type: NumberType, value: string): string {
  return `(${type}.const ${value})`;
}

/** A special number that the compiler does not know. */
export function kept(type: NumberType, value: string): string {
  return `(${type}.load (i32.const ${KEPT[type] + 8 * SPECIAL[type].indexOf(value)}))`;
}

/** Both ways to come to a special number. */
export const SOURCES = [constant, kept] as const;

const LEAST: Partial<Record<NumberType, string>> = { i32: '0x80000000', i64: '0x8000000000000000' };

/** True where an integer operation traps. */
export function traps(type: NumberType, name: string, left: string, right: string): boolean {
  if (!/^(div|rem)/.test(name)) return false;
  return right === '0' || (name === 'div_s' && left === LEAST[type] && right === '-1');
}
