import { LIMITS } from '../profile/limits.js';
import { ByteReader } from '../wasm/byte-reader.js';
import { DecodeError } from '../wasm/decode-error.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { InstructionReader } from '../wasm/instruction-reader.js';
import { EXTERNAL, type ModuleLayout, type Range } from '../wasm/module-layout.js';
import { OP } from '../wasm/opcodes.js';
import type { Finding, Report } from './findings.js';

/** Checks every function body: instructions and limits. Typing is left to the engine. */
export function checkBodies(module: ModuleLayout, report: Report): void {
  const imported = module.imports.filter(({ kind }) => kind === EXTERNAL.function).length;
  let blocks = 0;
  module.bodies.forEach((body, i) => {
    const name = module.names.get(imported + i);
    const place = name === undefined ? { index: imported + i } : { index: imported + i, name };
    const params = module.types[module.functions[i] ?? -1]?.params.length ?? 0;
    blocks += new BodyCheck(module.bytes, body, (finding) => report({ ...finding, function: place })).run(
      params,
    );
  });
  if (blocks > LIMITS.blocks) {
    report({
      rule: 'limit',
      message: `the module has ${blocks} blocks, the limit is ${LIMITS.blocks}`,
      offset: 0,
    });
  }
}

class BodyCheck {
  readonly #refused = new Map<string, Finding & { count: number }>();
  #depth = 1;
  #deepest = 1;
  #blocks = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly body: Range,
    private readonly report: Report,
  ) {}

  /** Gives the number of blocks in the body. */
  run(params: number): number {
    const { start, end } = this.body;
    this.#atMost(end - start, LIMITS.functionBytes, 'bytes', 'split the function, or compile with -Os');
    const reader = new ByteReader(this.bytes, start, end);
    try {
      this.#locals(reader, params);
      this.#instructions(new InstructionReader(reader));
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
    this.#atMost(this.#blocks, LIMITS.functionBlocks, 'blocks', 'split the function');
    return this.#blocks;
  }

  #locals(reader: ByteReader, params: number): void {
    const offset = reader.position;
    const { count, refused } = readLocalTypes(reader);
    if (refused !== undefined) {
      this.report({ rule: refused, message: 'a local is no number', offset });
    }
    this.#atMost(
      params + count,
      LIMITS.locals,
      'parameters and locals',
      'split the function, or compile with -Os',
    );
  }

  #instructions(instruction: InstructionReader): void {
    while (this.#depth > 0) {
      instruction.next();
      const { opcode, offset } = instruction;
      if (opcode.refused !== undefined) {
        const key = opcode.name;
        const known = this.#refused.get(key);
        if (known !== undefined) known.count += 1;
        else {
          const message = `${opcode.name} is not accepted`;
          this.#refused.set(key, { rule: opcode.refused, message, offset, opcode: opcode.name, count: 1 });
        }
        if (opcode.immediate === 'unreadable') return;
      }
      if (opcode.immediate === 'block' || opcode.immediate === 'tryTable') this.#open();
      else if (opcode.code === OP.end || opcode.name === 'delegate') this.#depth -= 1;
      else if (opcode.code === OP.brTable) this.#branchTable(instruction);
    }
    if (!instruction.done) throw new DecodeError('the function goes on after its end', instruction.end);
  }

  #open(): void {
    this.#depth += 1;
    this.#blocks += 1;
    this.#deepest = Math.max(this.#deepest, this.#depth);
  }

  #branchTable({ targets, offset, opcode }: InstructionReader): void {
    const count = targets.length - 1;
    if (count <= LIMITS.branchTableTargets) return;
    const message = `a br_table has ${count} targets, the limit is ${LIMITS.branchTableTargets}`;
    this.report({
      rule: 'limit',
      message,
      offset,
      opcode: opcode.name,
      hint: 'compile with -fno-jump-tables',
    });
  }

  #atMost(count: number, limit: number, of: string, hint: string): void {
    if (count <= limit) return;
    const message = `the function has ${count} ${of}, the limit is ${limit}`;
    this.report({ rule: 'limit', message, offset: this.body.start, hint });
  }
}
