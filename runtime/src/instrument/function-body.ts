import { ByteReader } from '../wasm/byte-reader.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { EMPTY_BLOCK, InstructionReader } from '../wasm/instruction-reader.js';
import { EXTERNAL, type FunctionType, type ModuleLayout } from '../wasm/module-layout.js';
import { OP, opensBlock } from '../wasm/opcodes.js';

/** A function body as columns, one row an instruction. */
export interface FunctionBody {
  readonly type: FunctionType;
  /** Value type of each parameter, then of each local. */
  readonly locals: Uint8Array;
  /** Where the declaration of locals ends and the first instruction starts. */
  readonly start: number;
  readonly length: number;
  readonly codes: Int32Array;
  /** Offset of each instruction, and one more for the end. */
  readonly offsets: Int32Array;
  readonly immediates: Int32Array;
  /** 0 for instructions that follow an unconditional branch, up to the `end` or `else` that closes them. */
  readonly live: Uint8Array;
  /** Targets of each `br_table` by its row. */
  readonly branchTables: ReadonlyMap<number, readonly number[]>;
}

/** How a module's functions can be called: types by function index, imports first. */
export class FunctionTypes {
  readonly #indices: number[];

  constructor(private readonly module: ModuleLayout) {
    const imported = module.imports.filter(({ kind }) => kind === EXTERNAL.function).map(({ type }) => type);
    this.imported = imported.length;
    this.#indices = [...imported, ...module.functions.map(({ type }) => type)];
  }

  /** How many functions are imported. */
  readonly imported: number;

  ofFunction(index: number): FunctionType {
    return this.ofType(this.#indices[index] ?? -1);
  }

  ofType(index: number): FunctionType {
    const type = this.module.types[index];
    if (type === undefined) throw new RangeError(`type ${index} does not exist`);
    return type;
  }
}

const EMPTY = new Uint8Array();

/** The parameters and results of a block type. */
export function blockType(types: FunctionTypes, immediate: number): FunctionType {
  if (immediate >= 0) return types.ofType(immediate);
  return { params: EMPTY, results: immediate === EMPTY_BLOCK ? EMPTY : Uint8Array.of(immediate + 0x80) };
}

/** True for the instructions after which the next one is reached only by a branch. */
export function leavesStraightLine(code: number): boolean {
  return code === OP.br || code === OP.brTable || code === OP.return || code === OP.unreachable;
}

/** True if control falls through from the row before into `row`. */
export function fallsInto(body: FunctionBody, row: number): boolean {
  return row === 0 || (body.live[row - 1] === 1 && !leavesStraightLine(body.codes[row - 1] ?? 0));
}

/** Decodes body `index` (imports not counted) of a checked module. */
export function readFunctionBody(module: ModuleLayout, types: FunctionTypes, index: number): FunctionBody {
  const range = module.bodies[index];
  if (range === undefined) throw new RangeError(`function body ${index} does not exist`);
  const reader = new ByteReader(module.bytes, range.start, range.end);
  const type = types.ofFunction(types.imported + index);
  const locals = [...type.params];
  for (const run of readLocalTypes(reader).runs) for (let i = 0; i < run.count; i++) locals.push(run.type);
  const start = reader.position;
  const rows = range.end - start;
  const codes = new Int32Array(rows);
  const offsets = new Int32Array(rows + 1);
  const immediates = new Int32Array(rows);
  const branchTables = new Map<number, readonly number[]>();
  const instruction = new InstructionReader(reader);
  let length = 0;
  for (; !instruction.done; length++) {
    instruction.next();
    codes[length] = instruction.opcode.code;
    offsets[length] = instruction.offset;
    immediates[length] = instruction.immediate;
    if (instruction.opcode.code === OP.brTable) branchTables.set(length, instruction.targets);
  }
  offsets[length] = range.end;
  const live = liveRows(codes, length);
  return {
    type,
    locals: Uint8Array.from(locals),
    start,
    length,
    codes: codes.subarray(0, length),
    offsets: offsets.subarray(0, length + 1),
    immediates: immediates.subarray(0, length),
    live,
    branchTables,
  };
}

function liveRows(codes: Int32Array, length: number): Uint8Array {
  const live = new Uint8Array(length);
  let deadDepth = 0;
  let dead = false;
  for (let row = 0; row < length; row++) {
    const code = codes[row] ?? 0;
    if (dead) {
      if (opensBlock(code)) deadDepth += 1;
      else if (deadDepth > 0) deadDepth -= code === OP.end ? 1 : 0;
      else dead = code !== OP.end && code !== OP.else;
    }
    live[row] = dead ? 0 : 1;
    if (!dead && leavesStraightLine(code)) dead = true;
  }
  return live;
}
