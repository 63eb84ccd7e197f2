import { type FunctionType, VALUE_TYPE } from '../wasm/module-layout.js';
import { acceptedOpcode, OP, opensBlock } from '../wasm/opcodes.js';
import {
  givesNumber,
  ignoresNanBits,
  isAbsolute,
  isNumberConstant,
  looseResultBytes,
  NAN_CLASS,
} from './float-roles.js';
import { blockType, type FunctionBody, type FunctionTypes, fallsInto } from './function-body.js';

/** What a walk over a body's operand stack tells. */
export interface OperandPlan {
  /** The operand stack at its deepest, in values. */
  readonly deepest: number;
  /** Rows whose result must be made canonical: 4 or 8, the bytes of that float; 0 elsewhere. */
  readonly canonical: Uint8Array;
}

/** After so many walks the locals that hold loose NaNs are not sought any longer. */
const MOST_WALKS = 4;

/**
 * Finds where NaNs must be made canonical: behind each operation that makes them, but only where the result goes
 * somewhere that shows its bits. A local that only ever gets results of arithmetic (`sum += x` in a loop) may hold
 * loose NaNs; what is then read from it for another purpose than arithmetic is made canonical there.
 */
export function planOperands(body: FunctionBody, types: FunctionTypes, bytes: Uint8Array): OperandPlan {
  const loose = body.locals.map((type, i) => (i >= body.type.params.length ? floatBytes(type) : 0));
  for (let walks = 1; ; walks++) {
    const walk = new OperandWalk(body, types, bytes, loose);
    walk.run();
    if (walk.stable) return walk;
    if (walks === MOST_WALKS) loose.fill(0);
  }
}

function floatBytes(type: number): number {
  if (type === VALUE_TYPE.f32) return 4;
  return type === VALUE_TYPE.f64 ? 8 : 0;
}

interface Frame {
  readonly type: FunctionType;
  readonly isLoop: boolean;
  readonly height: number;
}

/** A value that no row of this body made, or whose bits are fixed for another reason. */
const FIXED_VALUE = -1;

class OperandWalk implements OperandPlan {
  deepest = 0;
  /** False if a local turned out to hold values whose bits matter, so that earlier rows were judged wrongly. */
  stable = true;
  readonly canonical: Uint8Array;
  /** Rows that made the values on the stack. */
  readonly #stack: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #classes: Uint8Array;
  /** Bytes of the float that a row gives, where its class is not `fixed`. */
  readonly #bytes: Uint8Array;

  constructor(
    private readonly body: FunctionBody,
    private readonly types: FunctionTypes,
    private readonly source: Uint8Array,
    private readonly looseLocals: Uint8Array,
  ) {
    this.canonical = new Uint8Array(body.length);
    this.#classes = new Uint8Array(body.length);
    this.#bytes = new Uint8Array(body.length);
  }

  run(): void {
    this.#frames.push({ type: this.body.type, isLoop: false, height: 0 });
    for (let row = 0; row < this.body.length; row++) {
      if (this.body.live[row] === 1)
        this.#step(row, this.body.codes[row] ?? 0, this.body.immediates[row] ?? 0);
    }
  }

  #step(row: number, code: number, immediate: number): void {
    if (opensBlock(code)) this.#open(code, immediate);
    else if (code === OP.else || code === OP.end) this.#close(row, code);
    else if (code === OP.br || code === OP.brIf || code === OP.brTable || code === OP.return) {
      this.#branch(row, code, immediate);
    } else if (code === OP.call) this.#call(this.types.ofFunction(immediate));
    else if (code === OP.callIndirect) {
      this.#pop();
      this.#call(this.types.ofType(immediate));
    } else if (code >= OP.localGet && code <= OP.localTee) this.#local(row, code, immediate);
    else if (code === OP.select) this.#select(row);
    else if (code === OP.memoryCopy || code === OP.memoryFill) this.#show(3);
    else this.#plain(row, code);
    this.deepest = Math.max(this.deepest, this.#stack.length);
  }

  #open(code: number, immediate: number): void {
    if (code === OP.if) this.#pop();
    const type = blockType(this.types, immediate);
    this.#show(type.params.length);
    this.#frames.push({ type, isLoop: code === OP.loop, height: this.#stack.length });
    this.#push(FIXED_VALUE, type.params.length);
  }

  #close(row: number, code: number): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (fallsInto(this.body, row)) this.#show(frame.type.results.length);
    this.#stack.length = frame.height;
    if (code === OP.end) {
      this.#push(FIXED_VALUE, frame.type.results.length);
    } else {
      this.#push(FIXED_VALUE, frame.type.params.length);
      this.#frames.push(frame);
    }
  }

  #branch(row: number, code: number, immediate: number): void {
    if (code === OP.brIf || code === OP.brTable) this.#pop();
    const label = code === OP.brTable ? (this.body.branchTables.get(row)?.at(-1) ?? 0) : immediate;
    const target = code === OP.return ? this.#frames[0] : this.#frames.at(-1 - label);
    if (target === undefined) return;
    const values = target.isLoop ? target.type.params.length : target.type.results.length;
    this.#show(values);
    if (code === OP.brIf) this.#push(FIXED_VALUE, values);
  }

  #call(type: FunctionType): void {
    this.#show(type.params.length);
    this.#push(FIXED_VALUE, type.results.length);
  }

  #local(row: number, code: number, index: number): void {
    if (code !== OP.localGet) this.#setLocal(index, this.#pop());
    if (code === OP.localSet) return;
    const bytes = this.looseLocals[index] ?? 0;
    if (bytes > 0) this.#classify(row, NAN_CLASS.loose, bytes);
    this.#stack.push(row);
  }

  #setLocal(index: number, value: number): void {
    if (this.looseLocals[index] === 0) this.#showValue(value);
    else if (this.#classOf(value) === NAN_CLASS.fixed) {
      this.looseLocals[index] = 0;
      this.stable = false;
    }
  }

  #select(row: number): void {
    this.#pop();
    const values = [this.#pop(), this.#pop()];
    const bytes = Math.max(...values.map((value) => this.#bytes[value] ?? 0));
    if (values.some((value) => this.#classOf(value) === NAN_CLASS.fixed)) {
      for (const value of values) this.#showValue(value);
    } else this.#classify(row, Math.max(...values.map((value) => this.#classOf(value))), bytes);
    this.#stack.push(row);
  }

  #plain(row: number, code: number): void {
    const { operands, result } = acceptedOpcode(code);
    let operandClass: number = NAN_CLASS.fixed;
    for (let i = 0; i < operands.length; i++) {
      const value = this.#pop();
      operandClass = this.#classOf(value);
      if (!ignoresNanBits(code)) this.#showValue(value);
      else if (isAbsolute(code)) this.#classify(row, operandClass, this.#bytes[value] ?? 0);
    }
    const bytes = looseResultBytes(code);
    if (bytes > 0) this.#classify(row, NAN_CLASS.loose, bytes);
    else if (givesNumber(code)) this.#classify(row, NAN_CLASS.number, 0);
    else if (code === OP.f32Const || code === OP.f64Const) {
      if (isNumberConstant(code, this.source, this.body.offsets[row] ?? 0))
        this.#classify(row, NAN_CLASS.number, 0);
    }
    if (result !== undefined) this.#stack.push(row);
  }

  #classify(row: number, nanClass: number, bytes: number): void {
    this.#classes[row] = nanClass;
    this.#bytes[row] = bytes;
  }

  #classOf(value: number): number {
    return this.#classes[value] ?? NAN_CLASS.fixed;
  }

  #push(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.#stack.push(value);
  }

  #pop(): number {
    return this.#stack.pop() ?? FIXED_VALUE;
  }

  /** Takes `count` values for a purpose that shows their bits. */
  #show(count: number): void {
    for (let i = 0; i < count; i++) this.#showValue(this.#pop());
  }

  #showValue(value: number): void {
    if (this.#classOf(value) === NAN_CLASS.loose) this.canonical[value] = this.#bytes[value] ?? 0;
  }
}
