import type { InstructionReader } from '../wasm/instruction-reader.js';
import { EMPTY_BLOCK } from '../wasm/instruction-reader.js';
import { type FunctionType, type Global, VALUE_TYPE } from '../wasm/module-layout.js';
import { OP, opensBlock } from '../wasm/opcodes.js';
import { valueTypeName } from '../wasm/value-types.js';

/** An instruction breaks a rule of validation; the message names it and what is wrong. */
export class TypingError extends Error {
  override readonly name = 'TypingError';
}

/** What a function body may refer to. */
export interface TypingContext {
  readonly types: readonly FunctionType[];
  /** Type of each function, imports first. */
  readonly functions: readonly FunctionType[];
  readonly globals: readonly Global[];
  readonly tables: number;
  readonly memories: number;
}

const { i32, i64, f32, f64 } = VALUE_TYPE;
/** The type of a value that code which cannot be reached takes from nowhere: it passes for any other. */
const ANY = 0;
const NONE: Uint8Array = new Uint8Array();
const SINGLE = new Map<number, Uint8Array>([i32, i64, f32, f64].map((type) => [type, Uint8Array.of(type)]));

interface Frame {
  readonly opcode: number;
  readonly params: Uint8Array;
  readonly results: Uint8Array;
  /** Operands below it, which it may not touch. */
  readonly height: number;
  unreachable: boolean;
}

/**
 * The validation algorithm of the WebAssembly core specification (its appendix of that name) for one function after
 * the other, restricted to numbers. It takes time linear in the bytes of a body: a `br_table` looks once at labels
 * of one type, and nothing is popped one by one where code cannot be reached.
 */
export class FunctionTyping {
  #operands = new Uint8Array(1_024);
  #height = 0;
  #frames: Frame[] = [];
  #locals: Uint8Array = NONE;
  #instruction = '';

  constructor(private readonly context: TypingContext) {}

  /** How many operands were on the stack at their most. */
  deepest = 0;

  /** How many operands are on the stack. */
  get height(): number {
    return this.#height;
  }

  /** @param locals value type of each parameter and local */
  start(type: FunctionType, locals: Uint8Array): void {
    this.#height = 0;
    this.deepest = 0;
    this.#frames = [];
    this.#locals = locals;
    this.#frames.push({
      opcode: OP.block,
      params: NONE,
      results: type.results,
      height: 0,
      unreachable: false,
    });
  }

  /** Takes the next instruction of the body. @throws TypingError */
  step(instruction: InstructionReader): void {
    const { opcode, immediate } = instruction;
    const { code } = opcode;
    this.#instruction = opcode.name;
    if (code >= 0x45 || code === OP.drop || code === OP.select) {
      if (code === OP.memoryCopy || code === OP.memoryFill) this.#needMemory();
      if (code === OP.drop) this.#pop();
      else if (code === OP.select) this.#select();
      else this.#plain(instruction);
    } else if (code >= OP.i32Const) {
      this.#push(opcode.result ?? ANY);
    } else if (code >= 0x28) {
      this.#needMemory();
      if (immediate > opcode.alignment && code < OP.memorySize) this.#fail(`is aligned beyond its size`);
      this.#plain(instruction);
    } else if (code >= OP.localGet) this.#variable(code, immediate);
    else if (code === OP.call) this.#call(this.#entry(this.context.functions, immediate, 'function'));
    else this.#control(instruction);
  }

  #control({ opcode, immediate, targets, table }: InstructionReader): void {
    const { code } = opcode;
    if (opensBlock(code)) this.#open(code, immediate);
    else if (code === OP.else) this.#else();
    else if (code === OP.end) this.#end();
    else if (code === OP.brIf) {
      this.#expect(i32);
      const types = this.#label(immediate);
      this.#popAll(types);
      this.#pushAll(types);
    } else if (code === OP.callIndirect) {
      if (table >= this.context.tables) this.#fail(`names table ${table}, which does not exist`);
      this.#expect(i32);
      this.#call(this.#entry(this.context.types, immediate, 'type'));
    } else if (code !== OP.nop) {
      if (code === OP.br) this.#popAll(this.#label(immediate));
      else if (code === OP.brTable) this.#branchTable(targets);
      else if (code === OP.return) this.#popAll(this.#frames[0]?.results ?? NONE);
      this.#cutOff();
    }
  }

  /** An instruction whose types do not depend on what follows it. */
  #plain({ opcode }: InstructionReader): void {
    const { operands, result } = opcode;
    for (let i = operands.length - 1; i >= 0; i--) this.#expect(operands[i] as number);
    if (result !== undefined) this.#push(result);
  }

  #select(): void {
    this.#expect(i32);
    const second = this.#pop();
    const first = this.#pop();
    if (first !== second && first !== ANY && second !== ANY) {
      this.#fail(`chooses between ${valueTypeName(first)} and ${valueTypeName(second)}`);
    }
    this.#push(first === ANY ? second : first);
  }

  #variable(code: number, index: number): void {
    if (code === OP.globalGet) this.#push(this.#entry(this.context.globals, index, 'global').type);
    else if (code === OP.globalSet) {
      const { type, mutable } = this.#entry(this.context.globals, index, 'global');
      if (!mutable) this.#fail(`sets global ${index}, which is constant`);
      this.#expect(type);
    } else {
      const type = this.#locals[index];
      if (type === undefined) this.#fail(`names local ${index}, which does not exist`);
      if (code !== OP.localGet) this.#expect(type);
      if (code !== OP.localSet) this.#push(type);
    }
  }

  #call({ params, results }: FunctionType): void {
    this.#popAll(params);
    this.#pushAll(results);
  }

  #open(code: number, blockType: number): void {
    if (code === OP.if) this.#expect(i32);
    let params = NONE;
    let results = NONE;
    if (blockType >= 0) ({ params, results } = this.#entry(this.context.types, blockType, 'type'));
    else if (blockType !== EMPTY_BLOCK) results = SINGLE.get(blockType + 0x80) ?? NONE;
    this.#popAll(params);
    this.#frames.push({ opcode: code, params, results, height: this.#height, unreachable: false });
    this.#pushAll(params);
  }

  #else(): void {
    const frame = this.#close();
    if (frame.opcode !== OP.if) this.#fail('belongs to no if');
    this.#frames.push({ ...frame, opcode: OP.else, unreachable: false });
    this.#pushAll(frame.params);
  }

  #end(): void {
    const { opcode, params, results } = this.#close();
    if (opcode === OP.if && !sameTypes(params, results)) {
      this.#fail('closes an if without else whose results are not its parameters');
    }
    this.#pushAll(results);
  }

  /** Ends the innermost block's code: exactly its results must be left. */
  #close(): Frame {
    const frame = this.#frames.at(-1) as Frame;
    this.#popAll(frame.results);
    const left = this.#height - frame.height;
    if (left > 0) this.#fail(`leaves ${left} more ${left === 1 ? 'value' : 'values'} than the block gives`);
    this.#frames.pop();
    return frame;
  }

  /** The types that a branch to a label carries. */
  #label(depth: number): Uint8Array {
    const frame = this.#frames[this.#frames.length - 1 - depth];
    if (frame === undefined) this.#fail(`names label ${depth}, which does not exist`);
    return frame.opcode === OP.loop ? frame.params : frame.results;
  }

  #branchTable(targets: readonly number[]): void {
    this.#expect(i32);
    const types = this.#label(targets.at(-1) ?? 0);
    let known = types;
    for (const target of targets) {
      const others = this.#label(target);
      if (others === known) continue;
      if (others.length !== types.length) {
        this.#fail(`has labels that take ${types.length} and ${others.length} values`);
      }
      this.#peekAll(others);
      known = others;
    }
    this.#popAll(types);
  }

  /** What follows can only be reached by a branch. */
  #cutOff(): void {
    const frame = this.#frames.at(-1) as Frame;
    this.#height = frame.height;
    frame.unreachable = true;
  }

  #push(type: number): void {
    if (this.#height === this.#operands.length) {
      const grown = new Uint8Array(2 * this.#height);
      grown.set(this.#operands);
      this.#operands = grown;
    }
    this.#operands[this.#height++] = type;
    if (this.#height > this.deepest) this.deepest = this.#height;
  }

  #pushAll(types: Uint8Array): void {
    for (let i = 0; i < types.length; i++) this.#push(types[i] as number);
  }

  #pop(): number {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    if (this.#height > frame.height) return this.#operands[--this.#height] as number;
    if (!frame.unreachable) this.#fail('needs a value, found none');
    return ANY;
  }

  #expect(type: number): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    if (this.#height > frame.height) {
      const found = this.#operands[--this.#height] as number;
      if (found !== type && found !== ANY) this.#mismatch(type, found);
    } else if (!frame.unreachable) this.#mismatch(type);
  }

  #popAll(types: Uint8Array): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    let missing = types.length;
    while (missing > 0 && this.#height > frame.height) this.#expect(types[--missing] as number);
    if (missing > 0 && !frame.unreachable) this.#mismatch(types[missing - 1] as number);
  }

  /** As `#popAll`, and puts back what was there. */
  #peekAll(types: Uint8Array): void {
    const height = this.#height;
    this.#popAll(types);
    this.#height = height;
  }

  #needMemory(): void {
    if (this.context.memories === 0) this.#fail('needs a memory, and the module has none');
  }

  #entry<Entry>(space: readonly Entry[], index: number, what: string): Entry {
    const entry = space[index];
    if (entry === undefined) this.#fail(`names ${what} ${index}, which does not exist`);
    return entry;
  }

  #mismatch(needed: number, found?: number): never {
    const what = found === undefined ? 'nothing' : valueTypeName(found);
    this.#fail(`needs ${valueTypeName(needed)}, found ${what}`);
  }

  #fail(problem: string): never {
    throw new TypingError(`${this.#instruction} ${problem}`);
  }
}

function sameTypes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((type, i) => type === other[i]);
}
