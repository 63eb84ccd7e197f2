import type { Feature } from './features.js';
import { simdName } from './simd-names.js';

/** What follows an opcode in the byte stream. */
export type Immediate =
  | 'none'
  | 'block'
  | 'label'
  | 'labels'
  | 'index'
  | 'callIndirect'
  | 'memarg'
  | 'memory'
  | 'memories'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'types'
  | 'bytes16'
  | 'lane'
  | 'memargLane'
  | 'index2'
  | 'tryTable'
  | 'unreadable';

/** An instruction; `pops` and `pushes` leave out what depends on its immediates. */
export interface Opcode {
  /** The byte, or prefix << 16 | sub-opcode. */
  readonly code: number;
  readonly name: string;
  readonly immediate: Immediate;
  readonly pops: number;
  readonly pushes: number;
  /** Set for instructions that the profile refuses. */
  readonly refused?: Feature;
}

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  memoryCopy: 0xfc000a,
  memoryFill: 0xfc000b,
} as const;

const table = new Map<number, Opcode>();

function define(first: number, pops: number, pushes: number, immediate: Immediate, names: string): void {
  names.split(' ').forEach((name, i) => {
    table.set(first + i, { code: first + i, name, immediate, pops, pushes });
  });
}

function refuse(refused: Feature, first: number, immediate: Immediate, names: string): void {
  names.split(' ').forEach((name, i) => {
    table.set(first + i, { code: first + i, name, immediate, pops: 0, pushes: 0, refused });
  });
}

define(0x00, 0, 0, 'none', 'unreachable nop');
define(0x02, 0, 0, 'block', 'block loop');
define(0x04, 1, 0, 'block', 'if');
define(0x05, 0, 0, 'none', 'else');
define(0x0b, 0, 0, 'none', 'end');
define(0x0c, 0, 0, 'label', 'br');
define(0x0d, 1, 0, 'label', 'br_if');
define(0x0e, 1, 0, 'labels', 'br_table');
define(0x0f, 0, 0, 'none', 'return');
define(0x10, 0, 0, 'index', 'call');
define(0x11, 1, 0, 'callIndirect', 'call_indirect');
define(0x1a, 1, 0, 'none', 'drop');
define(0x1b, 3, 1, 'none', 'select');
define(0x20, 0, 1, 'index', 'local.get');
define(0x21, 1, 0, 'index', 'local.set');
define(0x22, 1, 1, 'index', 'local.tee');
define(0x23, 0, 1, 'index', 'global.get');
define(0x24, 1, 0, 'index', 'global.set');
define(
  0x28,
  1,
  1,
  'memarg',
  'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u ' +
    'i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u',
);
define(
  0x36,
  2,
  0,
  'memarg',
  'i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32',
);
define(0x3f, 0, 1, 'memory', 'memory.size');
define(0x40, 1, 1, 'memory', 'memory.grow');
define(0x41, 0, 1, 'i32', 'i32.const');
define(0x42, 0, 1, 'i64', 'i64.const');
define(0x43, 0, 1, 'f32', 'f32.const');
define(0x44, 0, 1, 'f64', 'f64.const');

const integerComparisons = (type: string): string =>
  'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'
    .split(' ')
    .map((operation) => `${type}.${operation}`)
    .join(' ');
const integerArithmetic = (type: string): string =>
  'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'
    .split(' ')
    .map((operation) => `${type}.${operation}`)
    .join(' ');
define(0x45, 1, 1, 'none', 'i32.eqz');
define(0x46, 2, 1, 'none', integerComparisons('i32'));
define(0x50, 1, 1, 'none', 'i64.eqz');
define(0x51, 2, 1, 'none', integerComparisons('i64'));
define(
  0x5b,
  2,
  1,
  'none',
  'f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge',
);
define(0x67, 1, 1, 'none', 'i32.clz i32.ctz i32.popcnt');
define(0x6a, 2, 1, 'none', integerArithmetic('i32'));
define(0x79, 1, 1, 'none', 'i64.clz i64.ctz i64.popcnt');
define(0x7c, 2, 1, 'none', integerArithmetic('i64'));
define(0x8b, 1, 1, 'none', 'f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt');
define(0x92, 2, 1, 'none', 'f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign');
define(0x99, 1, 1, 'none', 'f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt');
define(0xa0, 2, 1, 'none', 'f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign');
define(
  0xa7,
  1,
  1,
  'none',
  'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u ' +
    'i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u ' +
    'f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64 ' +
    'f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32 ' +
    'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64 ' +
    'i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s',
);
define(
  0xfc0000,
  1,
  1,
  'none',
  'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u ' +
    'i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u',
);
define(OP.memoryCopy, 3, 0, 'memories', 'memory.copy');
define(OP.memoryFill, 3, 0, 'memory', 'memory.fill');

refuse('exceptions', 0x06, 'block', 'try');
refuse('exceptions', 0x07, 'index', 'catch throw rethrow');
refuse('exceptions', 0x0a, 'none', 'throw_ref');
refuse('exceptions', 0x18, 'label', 'delegate');
refuse('exceptions', 0x19, 'none', 'catch_all');
refuse('exceptions', 0x1f, 'tryTable', 'try_table');
refuse('tail-calls', 0x12, 'index', 'return_call');
refuse('tail-calls', 0x13, 'index2', 'return_call_indirect');
refuse('gc', 0x14, 'index', 'call_ref return_call_ref');
refuse('reference-types', 0x1c, 'types', 'select_t');
refuse('reference-types', 0x25, 'index', 'table.get table.set');
refuse('reference-types', 0xd0, 'index', 'ref.null');
refuse('reference-types', 0xd1, 'none', 'ref.is_null');
refuse('reference-types', 0xd2, 'index', 'ref.func');
refuse('gc', 0xd3, 'none', 'ref.eq ref.as_non_null');
refuse('gc', 0xd5, 'label', 'br_on_null br_on_non_null');
refuse('bulk-memory-segments', 0xfc0008, 'index2', 'memory.init');
refuse('bulk-memory-segments', 0xfc0009, 'index', 'data.drop');
refuse('bulk-memory-segments', 0xfc000c, 'index2', 'table.init');
refuse('bulk-memory-segments', 0xfc000d, 'index', 'elem.drop');
refuse('bulk-memory-segments', 0xfc000e, 'index2', 'table.copy');
refuse('reference-types', 0xfc000f, 'index', 'table.grow table.size table.fill');
refuse('wide-arithmetic', 0xfc0013, 'none', 'i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u');

function simdImmediate(sub: number): Immediate {
  if (sub <= 11 || sub === 92 || sub === 93) return 'memarg';
  if (sub === 12 || sub === 13) return 'bytes16';
  if (sub >= 21 && sub <= 34) return 'lane';
  if (sub >= 84 && sub <= 91) return 'memargLane';
  return 'none';
}

/** The instruction of a prefix byte (0xfb to 0xfe) and its sub-opcode. */
export function prefixedOpcodeOf(prefix: number, sub: number): Opcode {
  const base = { code: prefix * 0x10000 + Math.min(sub, 0xffff), pops: 0, pushes: 0 };
  if (prefix === 0xfd) {
    const refused = sub >= 0x100 ? 'relaxed-simd' : 'simd';
    return { ...base, name: simdName(sub), immediate: simdImmediate(sub), refused };
  }
  if (prefix === 0xfe) {
    const name = sub === 3 ? 'atomic.fence' : `atomic instruction 0xfe ${sub}`;
    return { ...base, name, immediate: sub === 3 ? 'lane' : 'memarg', refused: 'threads' };
  }
  const known = table.get(base.code);
  if (known !== undefined && sub < 0x100) return known;
  const refused = prefix === 0xfb ? 'gc' : 'unknown';
  return { ...base, name: `instruction 0x${prefix.toString(16)} ${sub}`, immediate: 'unreadable', refused };
}

/** The accepted instructions: every row that the price table must have. */
export function acceptedOpcodes(): Opcode[] {
  return [...table.values()].filter((opcode) => opcode.refused === undefined);
}

/** The instruction of a code that `acceptedOpcodes` lists. */
export function acceptedOpcode(code: number): Opcode {
  const opcode = table.get(code);
  if (opcode === undefined) throw new RangeError(`opcode 0x${code.toString(16)} is not accepted`);
  return opcode;
}

/** True for loads, arithmetic, comparisons and conversions. */
export function computesValue(code: number): boolean {
  return (
    (code >= 0x28 && code <= 0x35) || (code >= 0x45 && code <= 0xc4) || (code >= 0xfc0000 && code <= 0xfc0007)
  );
}

/** The instruction of a one-byte opcode. */
export function opcodeOf(byte: number): Opcode {
  return (
    table.get(byte) ?? {
      code: byte,
      name: `instruction 0x${byte.toString(16).padStart(2, '0')}`,
      immediate: 'unreadable',
      pops: 0,
      pushes: 0,
      refused: 'unknown',
    }
  );
}
