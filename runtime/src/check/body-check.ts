import { LIMITS } from '../profile/limits.js';
import { ByteReader } from '../wasm/byte-reader.js';
import { DecodeError } from '../wasm/decode-error.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { InstructionReader } from '../wasm/instruction-reader.js';
import type { FunctionType, ModuleLayout } from '../wasm/module-layout.js';
import { OP } from '../wasm/opcodes.js';
import type { Finding, Report } from './findings.js';
import { type FunctionTyping, TypingError } from './function-typing.js';

const SPLIT = 'split the function, or compile with -Os';

/** True for calls, also those that the instrumentation makes of an instruction. */
function leavesFunction(code: number): boolean {
  return (
    code === OP.call ||
    code === OP.callIndirect ||
    code === OP.memoryGrow ||
    code === OP.memoryCopy ||
    code === OP.memoryFill
  );
}

/**
 * Checks one function body. Its types are checked up to the first instruction that is refused or ill typed; what is
 * refused is counted to the end.
 */
export class BodyCheck {
  /** Blocks of the body. */
  blocks = 0;
  /** Branches of the body. */
  branches = 0;
  /** See `LIMITS.liveValues`. */
  liveValues = 0;
  readonly #refused = new Map<string, Finding & { count: number }>();
  readonly #start: number;
  readonly #reader: ByteReader;
  #depth = 1;
  #deepest = 1;
  #locals = 0;

  /**
   * @param index of the body; imported functions have none
   * @param typing shared by all bodies; undefined if the module says too little to check types
   */
  constructor(
    module: ModuleLayout,
    index: number,
    private readonly type: FunctionType | undefined,
    private typing: FunctionTyping | undefined,
    private readonly report: Report,
  ) {
    const { start, end } = module.bodies[index] ?? { start: 0, end: 0 };
    this.#start = start;
    this.#reader = new ByteReader(module.bytes, start, end);
  }

  run(): void {
    this.#atMost(this.#reader.left, LIMITS.functionBytes, 'bytes', SPLIT);
    try {
      this.#declareLocals();
      this.#instructions(new InstructionReader(this.#reader));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.report({ rule: 'malformed', message: error.message, offset: error.offset });
    }
    for (const { count, ...finding } of this.#refused.values()) {
      this.report(count > 1 ? { ...finding, count } : finding);
    }
    this.#atMost(
      this.#deepest - 1,
      LIMITS.nesting,
      'blocks inside each other',
      'simplify or split the function',
    );
    this.#atMost(this.blocks, LIMITS.functionBlocks, 'blocks', 'split the function');
    this.#atMost(this.branches, LIMITS.functionBranches, 'branches', SPLIT);
  }

  #declareLocals(): void {
    const offset = this.#reader.position;
    const { count, runs, refused } = readLocalTypes(this.#reader);
    const params = this.type?.params ?? new Uint8Array();
    this.#locals = params.length + count;
    if (refused !== undefined) this.report({ rule: refused, message: 'a local is no number', offset });
    const tooMany = this.#atMost(this.#locals, LIMITS.locals, 'parameters and locals', SPLIT);
    if (refused !== undefined || tooMany || this.type === undefined) {
      this.typing = undefined;
      return;
    }
    const locals = new Uint8Array(this.#locals);
    locals.set(params);
    let at = params.length;
    for (const run of runs) {
      locals.fill(run.type, at, at + run.count);
      at += run.count;
    }
    this.typing?.start(this.type, locals);
  }

  #instructions(instruction: InstructionReader): void {
    while (this.#depth > 0) {
      instruction.next();
      const { opcode } = instruction;
      if (instruction.refused !== undefined) {
        this.#refuse(instruction);
        if (opcode.immediate === 'unreadable') return;
      }
      const { immediate } = opcode;
      if (immediate === 'block' || immediate === 'tryTable') this.#open();
      else if (immediate === 'labels') this.#branchTable(instruction);
      else if (immediate === 'label') this.#branch(1);
      else if (leavesFunction(opcode.code)) this.#keepAlive(1);
      if (this.typing !== undefined) this.#checkTypes(instruction);
      if (opcode.code === OP.end || opcode.name === 'delegate') this.#depth -= 1;
    }
    this.#atMost(this.typing?.deepest ?? 0, LIMITS.operands, 'values on its stack', SPLIT);
    if (!instruction.done) throw new DecodeError('the function goes on after its end', instruction.end);
  }

  #refuse({ what, refused, offset, opcode }: InstructionReader): void {
    this.typing = undefined;
    const known = this.#refused.get(what);
    if (known !== undefined) known.count += 1;
    else if (refused !== undefined) {
      const message = `${what} is not accepted`;
      this.#refused.set(what, { rule: refused, message, offset, opcode: opcode.name, count: 1 });
    }
  }

  #checkTypes(instruction: InstructionReader): void {
    try {
      this.typing?.step(instruction);
    } catch (error) {
      if (!(error instanceof TypingError)) throw error;
      this.typing = undefined;
      const { offset, opcode } = instruction;
      this.report({ rule: 'invalid', message: error.message, offset, opcode: opcode.name });
    }
  }

  #open(): void {
    this.#depth += 1;
    this.blocks += 1;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    this.#keepAlive(1);
  }

  #branch(targets: number): void {
    this.branches += 1;
    this.#keepAlive(targets);
  }

  #keepAlive(times: number): void {
    this.liveValues += times * (this.#locals + (this.typing?.height ?? 0));
  }

  #branchTable({ targets, offset, opcode }: InstructionReader): void {
    this.#branch(targets.length);
    const count = targets.length - 1;
    if (count <= LIMITS.branchTableTargets) return;
    const message = `a br_table has ${count} targets, the limit is ${LIMITS.branchTableTargets}`;
    const hint = 'compile with -fno-jump-tables';
    this.report({ rule: 'limit', message, offset, opcode: opcode.name, hint });
  }

  /** Gives true, and reports, if a count is past its limit. */
  #atMost(count: number, limit: number, of: string, hint: string): boolean {
    if (count <= limit) return false;
    const message = `the function has ${count} ${of}, the limit is ${limit}`;
    this.report({ rule: 'limit', message, offset: this.#start, hint });
    return true;
  }
}
