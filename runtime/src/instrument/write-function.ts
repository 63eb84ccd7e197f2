import { COMPUTED_VALUES_PER_STACK_WORD, STACK_WORDS_PER_FRAME } from '../profile/limits.js';
import { VALUE_TYPE } from '../wasm/module-layout.js';
import { computesValue, OP, opensBlock } from '../wasm/opcodes.js';
import { Assembler } from './assembler.js';
import type { FunctionBody, FunctionTypes } from './function-body.js';
import { charge, type Injected, OPCODE } from './injected.js';
import { planCharges } from './plan-charges.js';
import { planOperands } from './plan-operands.js';

const CANONICAL_F32 = [0x00, 0x00, 0xc0, 0x7f];
const CANONICAL_F64 = [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf8, 0x7f];

/** What rewriting a function needs to know of its module. */
export interface FunctionContext {
  readonly bytes: Uint8Array;
  readonly types: FunctionTypes;
  readonly injected: Injected;
  /** The s33 of a block type without parameters and with these results. */
  blockTypeOf(results: Uint8Array): number;
}

/**
 * The instrumented form of a function body (without its size). A function that calls others of the module gets its
 * frame's words taken from the stack counter on entry and given back on return, for which its code is wrapped into
 * a block that `return` leaves; one that does not is only checked. Code that cannot be reached is left out.
 */
export function writeFunction(body: FunctionBody, context: FunctionContext): Uint8Array {
  return new FunctionWriter(body, context).write();
}

class FunctionWriter {
  readonly #code = new Assembler();
  readonly #charges: Int32Array;
  readonly #canonical: Uint8Array;
  readonly #frameWords: number;
  readonly #callsOthers: boolean;
  readonly #scratchTypes: readonly number[];
  #depth = 0;
  /** Start of the source bytes that are still to be copied as they are. */
  #pending = -1;

  constructor(
    private readonly body: FunctionBody,
    private readonly context: FunctionContext,
  ) {
    const operands = planOperands(body, context.types, context.bytes);
    this.#charges = planCharges(body);
    this.#canonical = operands.canonical;
    const { i32, i64, f32, f64 } = VALUE_TYPE;
    this.#scratchTypes = [
      i64,
      i32,
      ...(this.#canonical.includes(4) ? [f32] : []),
      ...(this.#canonical.includes(8) ? [f64] : []),
    ];
    this.#frameWords = frameWords(body, operands.deepest);
    this.#callsOthers = callsOthers(body, context.types.imported);
  }

  write(): Uint8Array {
    this.#writeLocals();
    if (this.#callsOthers) this.#enter();
    else this.#checkStack();
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

  #checkStack(): void {
    const { stack } = this.context.injected;
    this.#code.globalGet(stack).i32Const(this.#frameWords).op(OPCODE.i32LtS, OP.if, OPCODE.blockEmpty);
    this.#code.i32Const(-1).globalSet(stack).op(OP.unreachable, OP.end);
  }

  #enter(): void {
    const { stack } = this.context.injected;
    const left = this.#scratch(VALUE_TYPE.i32);
    this.#code.globalGet(stack).i32Const(this.#frameWords).op(OPCODE.i32Sub).localTee(left).globalSet(stack);
    this.#code.localGet(left).i32Const(0).op(OPCODE.i32LtS);
    this.#code.op(OP.if, OPCODE.blockEmpty, OP.unreachable, OP.end, OP.block);
    this.#code.signed(this.context.blockTypeOf(this.body.type.results));
  }

  #leave(): void {
    const { stack } = this.context.injected;
    this.#code.op(OP.end);
    this.#code.globalGet(stack).i32Const(this.#frameWords).op(OPCODE.i32Add).globalSet(stack);
  }

  #writeRow(row: number): void {
    const offset = this.body.offsets[row] ?? 0;
    if (this.body.live[row] === 0) {
      this.#flush(offset);
      return;
    }
    const gas = this.#charges[row] ?? 0;
    if (gas > 0) {
      this.#flush(offset);
      charge(this.#code, this.context.injected.gas, this.#scratch(VALUE_TYPE.i64), gas);
    }
    const last = row === this.body.length - 1;
    if (last && this.#callsOthers) {
      this.#flush(offset);
      this.#leave();
    }
    this.#writeInstruction(this.body.codes[row] ?? 0, offset);
    if (last) this.#flush(offset + 1);
    else if (this.#canonical[row] !== 0) {
      this.#flush(this.body.offsets[row + 1] ?? 0);
      this.#makeCanonical(this.#canonical[row] ?? 0);
    }
  }

  #writeInstruction(code: number, offset: number): void {
    const { injected } = this.context;
    if (opensBlock(code)) this.#depth += 1;
    else if (code === OP.end) this.#depth -= 1;
    if (code === OP.memoryGrow) this.#replace(offset).call(injected.grow);
    else if (code === OP.memoryCopy) this.#replace(offset).call(injected.copy);
    else if (code === OP.memoryFill) this.#replace(offset).call(injected.fill);
    else if (code === OP.return && this.#callsOthers) this.#replace(offset).branch(this.#depth);
    else if (this.#pending < 0) this.#pending = offset;
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
    const single = bytes === 4;
    const scratch = this.#scratch(single ? VALUE_TYPE.f32 : VALUE_TYPE.f64);
    this.#code
      .localTee(scratch)
      .op(...(single ? [OP.f32Const, ...CANONICAL_F32] : [OP.f64Const, ...CANONICAL_F64]));
    this.#code
      .localGet(scratch)
      .localGet(scratch)
      .op(single ? OPCODE.f32Eq : OPCODE.f64Eq, OP.select);
  }
}

function callsOthers(body: FunctionBody, imported: number): boolean {
  for (let row = 0; row < body.length; row++) {
    if (body.live[row] === 0) continue;
    const code = body.codes[row];
    if (code === OP.callIndirect || (code === OP.call && (body.immediates[row] ?? 0) >= imported))
      return true;
  }
  return false;
}

/** Words of the call stack that a frame of this function counts as, see `LIMITS.stackWords`. */
function frameWords(body: FunctionBody, deepest: number): number {
  let computed = 0;
  for (let row = 0; row < body.length; row++) {
    if (body.live[row] === 1 && computesValue(body.codes[row] ?? 0)) computed += 1;
  }
  const kept = Math.ceil(computed / COMPUTED_VALUES_PER_STACK_WORD);
  return STACK_WORDS_PER_FRAME + body.locals.length + deepest + kept;
}
