import { ACCESS_PRICES, PRICES, type Steps, stepAt } from '../profile/costs.js';
import { LIMITS } from '../profile/limits.js';
import type { ByteWriter } from '../wasm/byte-writer.js';
import { EXTERNAL, type ModuleLayout, VALUE_TYPE } from '../wasm/module-layout.js';
import { OP } from '../wasm/opcodes.js';
import { Assembler } from './assembler.js';

/**
 * Exports of an instrumented module. The module's own exports other than `_start` and `memory` are left out, so
 * nothing of its own can have one of these names.
 */
export const EXPORTS = {
  start: '_start',
  memory: 'memory',
  /** Mutable i64: gas that is left; negative once it ran out. */
  gas: 'gas',
  /** Mutable i32: words of the call stack that are left; negative once it overflowed. */
  stack: 'stack',
  /** Mutable i32: the most pages that the memory may grow to. */
  pages: 'pages',
  /** Mutable i32: 1 once the engine refused pages below that limit. */
  refused: 'refused',
} as const;

export const OPCODE = {
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32LtS: 0x48,
  i32LeU: 0x4d,
  i64LtS: 0x53,
  i64GtU: 0x56,
  f32Ge: 0x60,
  f64Ge: 0x66,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64ShrU: 0x88,
  i64ExtendI32U: 0xad,
  blockEmpty: 0x40,
} as const;

/** Indices of what is added behind the module's own types, functions and globals. */
export interface Injected {
  readonly growType: number;
  readonly bulkType: number;
  readonly grow: number;
  readonly copy: number;
  readonly fill: number;
  readonly gas: number;
  readonly stack: number;
  readonly pages: number;
  readonly refused: number;
  /** Gas of a load or store, see `ACCESS_PRICES`. */
  readonly access: number;
}

/** Functions and globals that are added to every module. */
export const INJECTED_FUNCTIONS = 3;
export const INJECTED_GLOBALS = 5;

export function injectedIndices(module: ModuleLayout): Injected {
  const functions = module.imports.length + module.functions.length;
  const globals = module.globals.length;
  return {
    growType: module.types.length,
    bulkType: module.types.length + 1,
    grow: functions,
    copy: functions + 1,
    fill: functions + 2,
    gas: globals,
    stack: globals + 1,
    pages: globals + 2,
    refused: globals + 3,
    access: globals + 4,
  };
}

/** The most pages that a memory with this declared maximum may have. */
export function mostPages(declared: number | undefined): number {
  return Math.min(declared ?? LIMITS.memoryPages, LIMITS.memoryPages);
}

/** Entries of the global section for the injected globals, for a memory that starts with `initial` pages and has at most `pages`. */
export function writeGlobals(out: ByteWriter, initial: number, pages: number): void {
  const assembler = new Assembler();
  const entry = (type: number): Assembler => assembler.op(type, 1);
  entry(VALUE_TYPE.i64).i64Const(0).op(OP.end);
  entry(VALUE_TYPE.i32).i32Const(LIMITS.stackWords).op(OP.end);
  entry(VALUE_TYPE.i32).i32Const(pages).op(OP.end);
  entry(VALUE_TYPE.i32).i32Const(0).op(OP.end);
  entry(VALUE_TYPE.i64).i64Const(stepAt(ACCESS_PRICES, initial)).op(OP.end);
  out.bytes(assembler.view());
}

/** The whole export section of an instrumented module. */
export function writeExports(out: ByteWriter, injected: Injected, start: number): void {
  const entries: [name: string, kind: number, index: number][] = [
    [EXPORTS.start, EXTERNAL.function, start],
    [EXPORTS.memory, EXTERNAL.memory, 0],
    [EXPORTS.gas, EXTERNAL.global, injected.gas],
    [EXPORTS.stack, EXTERNAL.global, injected.stack],
    [EXPORTS.pages, EXTERNAL.global, injected.pages],
    [EXPORTS.refused, EXTERNAL.global, injected.refused],
  ];
  out.u32(entries.length);
  for (const [name, kind, index] of entries) {
    out.name(name);
    out.u8(kind);
    out.u32(index);
  }
}

/**
 * Takes an i64 off the stack as gas, and traps if that is more than is left.
 * @param scratch a local of type i64
 */
export function chargeOperand(code: Assembler, { gas }: Injected, scratch: number): void {
  code.localSet(scratch).globalGet(gas).localGet(scratch).op(OPCODE.i64Sub);
  storeGas(code, gas, scratch);
}

/**
 * Charges a fixed amount of gas, and the price of so many loads and stores.
 * @param scratch a local of type i64 that has the value of the gas counter
 */
export function charge(
  code: Assembler,
  { gas, access }: Injected,
  scratch: number,
  amount: number,
  accesses = 0,
): void {
  code.localGet(scratch);
  if (amount > 0) code.i64Const(amount).op(OPCODE.i64Sub);
  if (accesses > 0) code.globalGet(access);
  if (accesses > 1) code.i64Const(accesses).op(OPCODE.i64Mul);
  if (accesses > 0) code.op(OPCODE.i64Sub);
  storeGas(code, gas, scratch);
}

function storeGas(code: Assembler, gas: number, scratch: number): void {
  code.localTee(scratch).globalSet(gas).localGet(scratch).i64Const(0);
  code.op(OPCODE.i64LtS, OP.if, OPCODE.blockEmpty, OP.unreachable, OP.end);
}

/** Bodies (without their size) of the injected functions, in the order of their indices. */
export function injectedBodies(injected: Injected): Uint8Array[] {
  return [growBody(injected), bulkBody(injected, OP.memoryCopy), bulkBody(injected, OP.memoryFill)];
}

/**
 * `(pages i32) -> i32`, as `memory.grow`: -1 above the limit; a trap if the engine refuses pages below it. The engine is
 * not asked for nothing, which it may take milliseconds for.
 */
function growBody(injected: Injected): Uint8Array {
  const [pages, scratch] = [0, 1];
  const code = new Assembler().op(1, 1, VALUE_TYPE.i64);
  code.localGet(pages).op(OPCODE.i32Eqz, OP.if, OPCODE.blockEmpty, OP.memorySize, 0, OP.return, OP.end);
  code.op(OP.memorySize, 0, OPCODE.i64ExtendI32U).localGet(pages).op(OPCODE.i64ExtendI32U, OPCODE.i64Add);
  code.globalGet(injected.pages).op(OPCODE.i64ExtendI32U, OPCODE.i64GtU, OP.if, OPCODE.blockEmpty);
  code.i32Const(-1).op(OP.return, OP.end);
  code.op(OP.memorySize, 0, OPCODE.i64ExtendI32U).i64Const(PRICES.presentPage).op(OPCODE.i64Mul);
  code.localGet(pages).op(OPCODE.i64ExtendI32U).i64Const(PRICES.page).op(OPCODE.i64Mul, OPCODE.i64Add);
  code.i64Const(PRICES.growth).op(OPCODE.i64Add);
  chargeOperand(code, injected, scratch);
  code.localGet(pages).op(OP.memoryGrow, 0).localTee(pages).i32Const(-1).op(OPCODE.i32Eq);
  code.op(OP.if, OPCODE.blockEmpty).i32Const(1).globalSet(injected.refused).op(OP.unreachable, OP.end);
  accessPriceNow(code, ACCESS_PRICES);
  return code.globalSet(injected.access).localGet(pages).op(OP.end).view();
}

/** The gas of a load or store for the pages that the memory has. */
function accessPriceNow(code: Assembler, [first, ...larger]: Steps): void {
  code.i64Const(first?.gas ?? 0);
  if (first === undefined || larger.length === 0) return;
  accessPriceNow(code, larger);
  code.op(OP.memorySize, 0).i32Const(first.upTo).op(OPCODE.i32LeU, OP.select);
}

/** `(a, b, length i32)`, as `memory.copy` or `memory.fill`: charged by the length, and as an access at each place. */
function bulkBody(injected: Injected, operation: number): Uint8Array {
  const [length, scratch] = [2, 3];
  const code = new Assembler().op(1, 1, VALUE_TYPE.i64);
  code.globalGet(injected.gas).localSet(scratch);
  charge(code, injected, scratch, 0, operation === OP.memoryCopy ? 2 : 1);
  code.localGet(length).op(OPCODE.i64ExtendI32U).i64Const(Math.log2(PRICES.bulkBytes)).op(OPCODE.i64ShrU);
  chargeOperand(code, injected, scratch);
  code
    .localGet(0)
    .localGet(1)
    .localGet(length)
    .op(operation >> 16, operation & 0xff, 0);
  if (operation === OP.memoryCopy) code.u8(0);
  return code.op(OP.end).view();
}
