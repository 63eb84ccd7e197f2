import { ByteReader } from '../wasm/byte-reader.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { InstructionReader } from '../wasm/instruction-reader.js';
import type { ModuleLayout } from '../wasm/module-layout.js';
import { OP } from '../wasm/opcodes.js';

/** True if some function of a checked module has a `memory.grow`. */
export function growsMemory({ bytes, bodies }: ModuleLayout): boolean {
  return bodies.some(({ start, end }) => {
    const reader = new ByteReader(bytes, start, end);
    readLocalTypes(reader);
    const instruction = new InstructionReader(reader);
    while (!instruction.done) {
      instruction.next();
      if (instruction.opcode.code === OP.memoryGrow) return true;
    }
    return false;
  });
}
