import { ByteReader } from '../wasm/byte-reader.js';
import { ByteWriter } from '../wasm/byte-writer.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { InstructionReader } from '../wasm/instruction-reader.js';
import { SECTION } from '../wasm/module-layout.js';

export { acceptedOpcodes } from '../wasm/opcodes.js';

/** A section of a module's bytes, its content without id and size. */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** A function body in parts that can be changed and put together again. */
export interface Body {
  /** The declaration of its locals. */
  readonly locals: Uint8Array;
  readonly instructions: readonly Uint8Array[];
}

/** Splits a valid module into its sections. */
export function splitSections(module: Uint8Array): Section[] {
  const reader = new ByteReader(module, 8);
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.u8();
    const { position, end } = reader.window(reader.u32());
    sections.push({ id, content: module.subarray(position, end) });
  }
  return sections;
}

/** The module of these sections. */
export function joinSections(sections: readonly Section[]): Uint8Array {
  const out = new ByteWriter();
  out.bytes(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));
  for (const { id, content } of sections) {
    out.u8(id);
    out.sized(content);
  }
  return out.view().slice();
}

/** Splits the code section of a valid module. */
export function splitBodies(sections: readonly Section[]): Body[] {
  const code = sections.find(({ id }) => id === SECTION.code);
  if (code === undefined) return [];
  const reader = new ByteReader(code.content);
  return Array.from({ length: reader.u32() }, () => {
    const body = reader.window(reader.u32());
    const start = body.position;
    readLocalTypes(body);
    const locals = code.content.subarray(start, body.position);
    const instruction = new InstructionReader(body);
    const instructions: Uint8Array[] = [];
    while (!instruction.done) {
      instruction.next();
      instructions.push(code.content.subarray(instruction.offset, instruction.end));
    }
    return { locals, instructions };
  });
}

/** The sections with these bodies in the place of their own. */
export function withBodies(sections: readonly Section[], bodies: readonly Body[]): Section[] {
  const content = new ByteWriter();
  content.u32(bodies.length);
  for (const { locals, instructions } of bodies) {
    const body = new ByteWriter();
    body.bytes(locals);
    for (const instruction of instructions) body.bytes(instruction);
    content.sized(body.view());
  }
  return sections.map((section) =>
    section.id === SECTION.code ? { id: section.id, content: content.view() } : section,
  );
}
