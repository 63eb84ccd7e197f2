import type { Feature } from './features.js';
import { VALUE_TYPE } from './module-layout.js';
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

/** An instruction, with what it takes and gives as far as that does not depend on its immediates. */
export interface Opcode {
  /** The byte, or prefix << 16 | sub-opcode. */
  readonly code: number;
  readonly name: string;
  readonly immediate: Immediate;
  /** Value types that it takes, the top of the stack last; 0 where any type will do. */
  readonly operands: readonly number[];
  /** The value type that it gives, 0 if it depends on the operands; undefined if it gives none. */
  readonly result: number | undefined;
  /** Of a load or store: the most that its alignment may be, as a power of two. */
  readonly alignment: number;
  /** Set for instructions that the profile refuses. */
  readonly refused?: Feature;
}

export const OP = {
  unreachable: 0x00,
  nop: 0x01,
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

const TYPES: Readonly<Record<string, number>> = {
  i: VALUE_TYPE.i32,
  I: VALUE_TYPE.i64,
  f: VALUE_TYPE.f32,
  F: VALUE_TYPE.f64,
  '?': 0,
};

/** @param signature operands and result: `i` for i32, `I` for i64, `f` for f32, `F` for f64, `?` for any */
function define(first: number, signature: string, immediate: Immediate, names: string): void {
  const [taken = '', given = ''] = signature.split(':');
  const operands = Array.from(taken, (letter) => TYPES[letter] ?? 0);
  const result = TYPES[given];
  names.split(' ').forEach((name, i) => {
    const alignment = immediate === 'memarg' ? naturalAlignment(name) : 0;
    table.set(first + i, { code: first + i, name, immediate, operands, result, alignment });
  });
}

/** Of `i64.load32_u` and the like, as a power of two. */
function naturalAlignment(name: string): number {
  const bits = /\d+(?=_[su]$|$)/.exec(name)?.[0] ?? name.slice(1, 3);
  return Math.log2(Number(bits) / 8);
}

function refuse(refused: Feature, first: number, immediate: Immediate, names: string): void {
  names.split(' ').forEach((name, i) => {
    const base = { operands: [], result: undefined, alignment: 0 };
    table.set(first + i, { ...base, code: first + i, name, immediate, refused });
  });
}

const ofType = (type: string, operations: string): string =>
  operations
    .split(' ')
    .map((operation) => `${type}.${operation}`)
    .join(' ');
const INTEGER_COMPARISONS = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const FLOAT_COMPARISONS = 'eq ne lt gt le ge';
const BIT_COUNTS = 'clz ctz popcnt';
const INTEGER_ARITHMETIC = 'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
const FLOAT_FUNCTIONS = 'abs neg ceil floor trunc nearest sqrt';
const FLOAT_ARITHMETIC = 'add sub mul div min max copysign';

define(0x00, ':', 'none', 'unreachable nop');
define(0x02, ':', 'block', 'block loop');
define(0x04, 'i:', 'block', 'if');
define(0x05, ':', 'none', 'else');
define(0x0b, ':', 'none', 'end');
define(0x0c, ':', 'label', 'br');
define(0x0d, 'i:', 'label', 'br_if');
define(0x0e, 'i:', 'labels', 'br_table');
define(0x0f, ':', 'none', 'return');
define(0x10, ':', 'index', 'call');
define(0x11, 'i:', 'callIndirect', 'call_indirect');
define(0x1a, '?:', 'none', 'drop');
define(0x1b, '??i:?', 'none', 'select');
define(0x20, ':?', 'index', 'local.get');
define(0x21, '?:', 'index', 'local.set');
define(0x22, '?:?', 'index', 'local.tee');
define(0x23, ':?', 'index', 'global.get');
define(0x24, '?:', 'index', 'global.set');
define(0x28, 'i:i', 'memarg', 'i32.load');
define(0x29, 'i:I', 'memarg', 'i64.load');
define(0x2a, 'i:f', 'memarg', 'f32.load');
define(0x2b, 'i:F', 'memarg', 'f64.load');
define(0x2c, 'i:i', 'memarg', ofType('i32', 'load8_s load8_u load16_s load16_u'));
define(0x30, 'i:I', 'memarg', ofType('i64', 'load8_s load8_u load16_s load16_u load32_s load32_u'));
define(0x36, 'ii:', 'memarg', 'i32.store');
define(0x37, 'iI:', 'memarg', 'i64.store');
define(0x38, 'if:', 'memarg', 'f32.store');
define(0x39, 'iF:', 'memarg', 'f64.store');
define(0x3a, 'ii:', 'memarg', 'i32.store8 i32.store16');
define(0x3c, 'iI:', 'memarg', 'i64.store8 i64.store16 i64.store32');
define(0x3f, ':i', 'memory', 'memory.size');
define(0x40, 'i:i', 'memory', 'memory.grow');
define(0x41, ':i', 'i32', 'i32.const');
define(0x42, ':I', 'i64', 'i64.const');
define(0x43, ':f', 'f32', 'f32.const');
define(0x44, ':F', 'f64', 'f64.const');
define(0x45, 'i:i', 'none', 'i32.eqz');
define(0x46, 'ii:i', 'none', ofType('i32', INTEGER_COMPARISONS));
define(0x50, 'I:i', 'none', 'i64.eqz');
define(0x51, 'II:i', 'none', ofType('i64', INTEGER_COMPARISONS));
define(0x5b, 'ff:i', 'none', ofType('f32', FLOAT_COMPARISONS));
define(0x61, 'FF:i', 'none', ofType('f64', FLOAT_COMPARISONS));
define(0x67, 'i:i', 'none', ofType('i32', BIT_COUNTS));
define(0x6a, 'ii:i', 'none', ofType('i32', INTEGER_ARITHMETIC));
define(0x79, 'I:I', 'none', ofType('i64', BIT_COUNTS));
define(0x7c, 'II:I', 'none', ofType('i64', INTEGER_ARITHMETIC));
define(0x8b, 'f:f', 'none', ofType('f32', FLOAT_FUNCTIONS));
define(0x92, 'ff:f', 'none', ofType('f32', FLOAT_ARITHMETIC));
define(0x99, 'F:F', 'none', ofType('f64', FLOAT_FUNCTIONS));
define(0xa0, 'FF:F', 'none', ofType('f64', FLOAT_ARITHMETIC));
define(0xa7, 'I:i', 'none', 'i32.wrap_i64');
define(0xa8, 'f:i', 'none', 'i32.trunc_f32_s i32.trunc_f32_u');
define(0xaa, 'F:i', 'none', 'i32.trunc_f64_s i32.trunc_f64_u');
define(0xac, 'i:I', 'none', 'i64.extend_i32_s i64.extend_i32_u');
define(0xae, 'f:I', 'none', 'i64.trunc_f32_s i64.trunc_f32_u');
define(0xb0, 'F:I', 'none', 'i64.trunc_f64_s i64.trunc_f64_u');
define(0xb2, 'i:f', 'none', 'f32.convert_i32_s f32.convert_i32_u');
define(0xb4, 'I:f', 'none', 'f32.convert_i64_s f32.convert_i64_u');
define(0xb6, 'F:f', 'none', 'f32.demote_f64');
define(0xb7, 'i:F', 'none', 'f64.convert_i32_s f64.convert_i32_u');
define(0xb9, 'I:F', 'none', 'f64.convert_i64_s f64.convert_i64_u');
define(0xbb, 'f:F', 'none', 'f64.promote_f32');
define(0xbc, 'f:i', 'none', 'i32.reinterpret_f32');
define(0xbd, 'F:I', 'none', 'i64.reinterpret_f64');
define(0xbe, 'i:f', 'none', 'f32.reinterpret_i32');
define(0xbf, 'I:F', 'none', 'f64.reinterpret_i64');
define(0xc0, 'i:i', 'none', 'i32.extend8_s i32.extend16_s');
define(0xc2, 'I:I', 'none', 'i64.extend8_s i64.extend16_s i64.extend32_s');
define(0xfc0000, 'f:i', 'none', 'i32.trunc_sat_f32_s i32.trunc_sat_f32_u');
define(0xfc0002, 'F:i', 'none', 'i32.trunc_sat_f64_s i32.trunc_sat_f64_u');
define(0xfc0004, 'f:I', 'none', 'i64.trunc_sat_f32_s i64.trunc_sat_f32_u');
define(0xfc0006, 'F:I', 'none', 'i64.trunc_sat_f64_s i64.trunc_sat_f64_u');
define(OP.memoryCopy, 'iii:', 'memories', 'memory.copy');
define(OP.memoryFill, 'iii:', 'memory', 'memory.fill');

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

const unknown = { operands: [], result: undefined, alignment: 0 };

/** The instruction of a prefix byte (0xfb to 0xfe) and its sub-opcode. */
export function prefixedOpcodeOf(prefix: number, sub: number): Opcode {
  const code = prefix * 0x10000 + Math.min(sub, 0xffff);
  const known = table.get(code);
  if (known !== undefined) return known;
  const base = { ...unknown, code };
  if (prefix === 0xfd) {
    const refused = sub >= 0x100 ? 'relaxed-simd' : 'simd';
    return { ...base, name: simdName(sub), immediate: simdImmediate(sub), refused };
  }
  if (prefix === 0xfe) {
    const name = sub === 3 ? 'atomic.fence' : `atomic instruction 0xfe ${sub}`;
    return { ...base, name, immediate: sub === 3 ? 'lane' : 'memarg', refused: 'threads' };
  }
  const refused = prefix === 0xfb ? 'gc' : 'unknown';
  return { ...base, name: `instruction 0x${prefix.toString(16)} ${sub}`, immediate: 'unreadable', refused };
}

/** The accepted instructions: every row that the price table must have. */
export function acceptedOpcodes(): Opcode[] {
  return [...table.values()].filter((opcode) => opcode.refused === undefined);
}

/**
 * A list that is looked up by the codes of accepted instructions in constant time, and faster than a map.
 * @see rowOf
 */
export function byAcceptedCode<Entry>(entryOf: (opcode: Opcode) => Entry): readonly (Entry | undefined)[] {
  const entries: (Entry | undefined)[] = new Array(2 * 0x100).fill(undefined);
  for (const opcode of acceptedOpcodes()) entries[rowOf(opcode.code)] = entryOf(opcode);
  return entries;
}

/** Where a list by accepted codes has an instruction. */
export function rowOf(code: number): number {
  return code < 0x100 ? code : 0x100 + (code & 0xff);
}

const accepted = byAcceptedCode((opcode) => opcode);

/** The instruction of a code that `acceptedOpcodes` lists. */
export function acceptedOpcode(code: number): Opcode {
  const opcode = accepted[rowOf(code)];
  if (opcode === undefined) throw new RangeError(`opcode 0x${code.toString(16)} is not accepted`);
  return opcode;
}

/** True for the instructions that open a block. */
export function opensBlock(code: number): boolean {
  return code === OP.block || code === OP.loop || code === OP.if;
}

/** True for loads and stores. */
export function accessesMemory(code: number): boolean {
  return code >= 0x28 && code <= 0x3e;
}

/** True for loads, arithmetic, comparisons and conversions. */
export function computesValue(code: number): boolean {
  return (
    (code >= 0x28 && code <= 0x35) || (code >= 0x45 && code <= 0xc4) || (code >= 0xfc0000 && code <= 0xfc0007)
  );
}

const oneByte: readonly Opcode[] = Array.from(
  { length: 0x100 },
  (_, code) =>
    table.get(code) ?? {
      ...unknown,
      code,
      name: `instruction 0x${code.toString(16).padStart(2, '0')}`,
      immediate: 'unreadable',
      refused: 'unknown',
    },
);

/** The instruction of a one-byte opcode. */
export function opcodeOf(byte: number): Opcode {
  return oneByte[byte] as Opcode;
}
