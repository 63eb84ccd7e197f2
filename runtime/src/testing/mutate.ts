import { ByteWriter } from '../wasm/byte-writer.js';
import { acceptedOpcodes } from '../wasm/opcodes.js';
import type { Random } from './random.js';
import { type Body, joinSections, type Section, splitBodies, splitSections, withBodies } from './sections.js';

/** Makes a module that is close to a valid one: most are invalid in one place, some are valid. */
export function mutate(module: Uint8Array, random: Random): Uint8Array {
  const sections = splitSections(module);
  const kind = random.below(10);
  if (kind < 2) return mutateBytes(module, random);
  if (kind < 4) return joinSections(mutateSections(sections, random));
  const bodies = splitBodies(sections);
  if (bodies.length === 0) return mutateBytes(module, random);
  const at = random.below(bodies.length);
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    bodies[at] = mutateBody(bodies[at] as Body, random);
  }
  return joinSections(withBodies(sections, bodies));
}

/** Replaces, takes out, doubles or adds a few bytes. */
function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length);
  const length = 1 + random.below(8);
  const tail = bytes.subarray(at + (random.below(2) === 0 ? length : 0));
  const inserted = Uint8Array.from({ length: random.below(2) * length }, () => random.below(0x100));
  return Uint8Array.of(...bytes.subarray(0, at), ...inserted, ...tail);
}

/** Changes bytes in a section whose size still fits, or changes which sections there are. */
function mutateSections(sections: readonly Section[], random: Random): Section[] {
  const at = random.below(sections.length);
  const section = sections[at] as Section;
  const rest = sections.filter((_, i) => i !== at);
  switch (random.below(6)) {
    case 0:
      return rest;
    case 1:
      return rest.toSpliced(random.below(sections.length), 0, section);
    case 2:
      return [...sections, section];
    default: {
      const content = section.content.length === 0 ? Uint8Array.of(0) : mutateBytes(section.content, random);
      return sections.with(at, { id: section.id, content });
    }
  }
}

function mutateBody({ locals, instructions }: Body, random: Random): Body {
  const at = random.below(instructions.length);
  const other = random.below(instructions.length);
  const own = instructions[other] as Uint8Array;
  switch (random.below(7)) {
    case 0:
      return { locals, instructions: instructions.toSpliced(at, 1) };
    case 1:
      return { locals, instructions: instructions.toSpliced(at, 0, own) };
    case 2:
      return { locals, instructions: instructions.with(at, own) };
    case 3:
      return { locals, instructions: instructions.with(at, own).with(other, instructions[at] as Uint8Array) };
    case 4:
      return { locals: mutateBytes(locals, random), instructions };
    default:
      return { locals, instructions: instructions.toSpliced(at, random.below(2), randomInstruction(random)) };
  }
}

const opcodes = acceptedOpcodes();

/** An accepted instruction with immediates that are likely to be of use. */
function randomInstruction(random: Random): Uint8Array {
  const { code, immediate } = random.of(opcodes);
  const out = new ByteWriter();
  if (code > 0xff) out.u8(code >> 16);
  out.u32(code & 0xff);
  if (code <= 0xff && code >= 0x80) return Uint8Array.of(code);
  switch (immediate) {
    case 'block':
      out.u8(random.of([0x40, 0x7f, 0x7e, 0x7d, 0x7c, 0, 1, 2]));
      break;
    case 'label':
    case 'index':
      out.u32(random.below(5));
      break;
    case 'labels':
      out.sized(Uint8Array.from({ length: random.below(4) }, () => random.below(3)));
      out.u32(random.below(3));
      break;
    case 'callIndirect':
      out.u32(random.below(4));
      out.u32(0);
      break;
    case 'memarg':
      out.u32(random.below(4));
      out.u32(random.below(100));
      break;
    case 'memory':
      out.u8(0);
      break;
    case 'memories':
      out.bytes(Uint8Array.of(0, 0));
      break;
    case 'i32':
    case 'i64':
      out.signed(random.below(1_000) - 500);
      break;
    case 'f32':
    case 'f64':
      out.bytes(Uint8Array.from({ length: immediate === 'f32' ? 4 : 8 }, () => random.below(0x100)));
      break;
    default:
  }
  return out.view().slice();
}
