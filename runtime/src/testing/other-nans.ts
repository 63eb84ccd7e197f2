import { Assembler } from '../instrument/assembler.js';
import { looseResultBytes } from '../instrument/float-roles.js';
import { ByteReader } from '../wasm/byte-reader.js';
import { readLocalTypes } from '../wasm/decode-locals.js';
import { decodeModule } from '../wasm/decode-module.js';
import { VALUE_TYPE } from '../wasm/module-layout.js';
import { OP, opcodeOf } from '../wasm/opcodes.js';
import { joinSections, splitBodies, splitSections, withBodies } from './sections.js';

/** What another engine might make of a NaN: negative, signalling or with a payload, each allowed somewhere. */
const F32_NAN = [0x23, 0x01, 0x80, 0xff];
const F64_NAN = [0x23, 0x01, 0x00, 0x00, 0x00, 0x00, 0xf0, 0xff];
const EQUAL = { 4: 0x5b, 8: 0x61 } as const;

/**
 * An instrumented module as it would run on an engine whose arithmetic gives other NaNs: each operation that may give
 * a NaN is followed by code that replaces it. What the module shows has to stay the same.
 */
export function withOtherNans(instrumented: Uint8Array): Uint8Array {
  const { types, functions } = decodeModule(instrumented);
  const sections = splitSections(instrumented);
  const bodies = splitBodies(sections).map(({ locals, instructions }, i) => {
    const { runs, count } = readLocalTypes(new ByteReader(locals));
    const first = (types[functions[i]?.type ?? -1]?.params.length ?? 0) + count;
    const declared = new Assembler();
    declared.u32(runs.length + 2);
    for (const run of [...runs, { count: 1, type: VALUE_TYPE.f32 }, { count: 1, type: VALUE_TYPE.f64 }]) {
      declared.u32(run.count);
      declared.u8(run.type);
    }
    return {
      locals: declared.view(),
      instructions: instructions.flatMap((code) => [code, otherNan(code, first)]),
    };
  });
  return joinSections(withBodies(sections, bodies));
}

function otherNan(instruction: Uint8Array, firstLocal: number): Uint8Array {
  const { code } = opcodeOf(instruction[0] ?? 0);
  const bytes = looseResultBytes(code);
  if (bytes !== 4 && bytes !== 8) return new Uint8Array();
  const scratch = firstLocal + (bytes === 4 ? 0 : 1);
  return new Assembler()
    .localTee(scratch)
    .op(...(bytes === 4 ? [OP.f32Const, ...F32_NAN] : [OP.f64Const, ...F64_NAN]))
    .localGet(scratch)
    .localGet(scratch)
    .op(EQUAL[bytes], OP.select)
    .view();
}
