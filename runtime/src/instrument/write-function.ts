import { frameWords } from '../profile/stack.js';
import { VALUE_TYPE } from '../wasm/module-layout.js';
import { computesValue, OP } from '../wasm/opcodes.js';
import { Assembler } from './assembler.js';
import type { FunctionBody, FunctionTypes } from './function-body.js';
import { charge, type Injected, OPCODE } from './injected.js';
import { type Charges, planCharges } from './plan-charges.js';
import { planOperands } from './plan-operands.js';

const CANONICAL_F32 = [0x00, 0x00, 0xc0, 0x7f];
const CANONICAL_F64 = [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf8, 0x7f];

/** What rewriting a function needs to know of its module. */
export interface FunctionContext {
  readonly bytes: Uint8Array;
  readonly types: FunctionTypes;
  readonly injected: Injected;
  /** Gas of a call beside that of its instruction. */
  readonly callPrice: number;
  /** Gas of a load or store where that is always the same; else it is in a global. */
  readonly accessPrice: number | undefined;
}

/**
 * The instrumented form of a function body (without its size). The gas counter is kept in a local beside the global: read
 * on entry and behind each call, written at each charge. A function takes its frame's words off what the stack counter
 * had on entry, and shows the rest to whatever it calls; nothing is to be given back on return. Code that cannot be
 * reached is left out.
 */
export function writeFunction(body: FunctionBody, context: FunctionContext): Uint8Array {
  return new FunctionWriter(body, context).write();
}

class FunctionWriter {
  readonly #code = new Assembler();
  readonly #charges: Charges;
  readonly #canonical: Uint8Array;
  readonly #frameWords: number;
  readonly #callsOthers: boolean;
  readonly #scratchTypes: readonly number[];
  #canonicalF32: Uint8Array | undefined;
  #canonicalF64: Uint8Array | undefined;
  /** Start of the source bytes that are still to be copied as they are. */
  #pending = -1;

  constructor(
    private readonly body: FunctionBody,
    private readonly context: FunctionContext,
  ) {
    const operands = planOperands(body, context.types, context.bytes);
    this.#charges = planCharges(body, context.types, context.callPrice);
    this.#canonical = operands.canonical;
    this.#callsOthers = callsOthers(body, context.types.imported);
    const { i32, i64, f32, f64 } = VALUE_TYPE;
    this.#scratchTypes = [
      i64,
      ...(this.#callsOthers ? [i32] : []),
      ...(this.#canonical.includes(4) ? [f32] : []),
      ...(this.#canonical.includes(8) ? [f64] : []),
    ];
    this.#frameWords = wordsOf(body, operands.deepest);
  }

  write(): Uint8Array {
    this.#writeLocals();
    this.#enter();
    for (let row = 0; row < this.body.length; row++) this.#writeRow(row);
    return this.#code.view();
  }

  /** Index of the first local behind the function's own of a type that `#scratchTypes` has. */
  #scratch(type: number): number {
    return this.body.locals.length + this.#scratchTypes.indexOf(type);
  }

  #writeLocals(): void {
    const runs: [count: number, type: number][] = [];
    for (const type of this.body.locals.subarray(this.body.type.params.length)) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0] += 1;
      else runs.push([1, type]);
    }
    for (const type of this.#scratchTypes) runs.push([1, type]);
    this.#code.u32(runs.length);
    for (const [count, type] of runs) {
      this.#code.u32(count);
      this.#code.u8(type);
    }
  }

  #enter(): void {
    const { stack } = this.context.injected;
    const code = this.#code.globalGet(stack);
    if (this.#callsOthers) {
      const left = this.#scratch(VALUE_TYPE.i32);
      code.i32Const(this.#frameWords).op(OPCODE.i32Sub).localTee(left).i32Const(0);
    } else code.i32Const(this.#frameWords);
    code.op(OPCODE.i32LtS, OP.if, OPCODE.blockEmpty);
    code.i32Const(-1).globalSet(stack).op(OP.unreachable, OP.end);
    this.#readGas();
  }

  #readGas(): void {
    this.#code.globalGet(this.context.injected.gas).localSet(this.#scratch(VALUE_TYPE.i64));
  }

  #writeRow(row: number): void {
    const offset = this.body.offsets[row] ?? 0;
    if (this.body.live[row] === 0) {
      this.#flush(offset);
      return;
    }
    this.#charge(row, offset);
    const code = this.body.codes[row] ?? 0;
    this.#writeInstruction(code, this.body.immediates[row] ?? 0, offset);
    const next = this.body.offsets[row + 1] ?? 0;
    if (row === this.body.length - 1) this.#flush(next);
    else if (mayCharge(code)) {
      this.#flush(next);
      this.#readGas();
    } else if (this.#canonical[row] !== 0) {
      this.#flush(next);
      this.#makeCanonical(this.#canonical[row] ?? 0);
    }
  }

  #charge(row: number, offset: number): void {
    const { accessPrice, injected } = this.context;
    const gas = this.#charges.gas[row] ?? 0;
    const accesses = this.#charges.accesses[row] ?? 0;
    if (gas === 0 && accesses === 0) return;
    this.#flush(offset);
    const scratch = this.#scratch(VALUE_TYPE.i64);
    if (accessPrice === undefined) charge(this.#code, injected, scratch, gas, accesses);
    else charge(this.#code, injected, scratch, gas + accesses * accessPrice);
  }

  #writeInstruction(code: number, immediate: number, offset: number): void {
    const { injected, types } = this.context;
    if (code === OP.memoryGrow) this.#replace(offset).call(injected.grow);
    else if (code === OP.memoryCopy) this.#replace(offset).call(injected.copy);
    else if (code === OP.memoryFill) this.#replace(offset).call(injected.fill);
    else {
      if (callsOther(code, immediate, types.imported))
        this.#replace(offset).localGet(this.#scratch(VALUE_TYPE.i32)).globalSet(injected.stack);
      if (this.#pending < 0) this.#pending = offset;
    }
  }

  #replace(offset: number): Assembler {
    this.#flush(offset);
    return this.#code;
  }

  #flush(end: number): void {
    if (this.#pending >= 0) this.#code.bytes(this.context.bytes, this.#pending, end);
    this.#pending = -1;
  }

  #makeCanonical(bytes: number): void {
    if (bytes === 4) this.#canonicalF32 ??= canonicalForm(this.#scratch(VALUE_TYPE.f32), bytes);
    else this.#canonicalF64 ??= canonicalForm(this.#scratch(VALUE_TYPE.f64), bytes);
    this.#code.bytes((bytes === 4 ? this.#canonicalF32 : this.#canonicalF64) ?? new Uint8Array());
  }
}

/** Replaces a NaN on the stack by the canonical one. */
function canonicalForm(scratch: number, bytes: number): Uint8Array {
  const single = bytes === 4;
  return new Assembler()
    .localTee(scratch)
    .op(...(single ? [OP.f32Const, ...CANONICAL_F32] : [OP.f64Const, ...CANONICAL_F64]))
    .localGet(scratch)
    .localGet(scratch)
    .op(single ? OPCODE.f32Ge : OPCODE.f64Ge, OP.select)
    .view();
}

/** True for instructions in which code beside the function's own charges gas. */
function mayCharge(code: number): boolean {
  return code === OP.call || code === OP.callIndirect || changesMemory(code);
}

function changesMemory(code: number): boolean {
  return code === OP.memoryGrow || code === OP.memoryCopy || code === OP.memoryFill;
}

/** True for calls of a function of the module. */
function callsOther(code: number, immediate: number, imported: number): boolean {
  return code === OP.callIndirect || (code === OP.call && immediate >= imported);
}

function callsOthers(body: FunctionBody, imported: number): boolean {
  for (let row = 0; row < body.length; row++) {
    if (body.live[row] === 1 && callsOther(body.codes[row] ?? 0, body.immediates[row] ?? 0, imported))
      return true;
  }
  return false;
}

/** Words of the call stack that a call of this function is charged. */
function wordsOf({ type, locals, live, codes, length }: FunctionBody, operands: number): number {
  let computed = 0;
  for (let row = 0; row < length; row++) {
    if (live[row] === 1 && computesValue(codes[row] ?? 0)) computed += 1;
  }
  const parameters = type.params.length;
  const results = type.results.length;
  return frameWords({ parameters, locals: locals.length - parameters, results, operands, computed });
}
