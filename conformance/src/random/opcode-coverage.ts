import { EXPORTS, instrument } from '@dmcn/runtime';
import { joinSections, splitBodies, splitSections, withBodies } from '@dmcn/runtime/testing/sections';

/** A page of its own behind those of random modules, in which a byte for each opcode is set where it is executed. */
const SEEN_PAGE = 15;
const SEEN = SEEN_PAGE * 65_536 + 32_768;
/** Where the opcodes with the prefix 0xfc start. */
const PREFIXED = 256;
const MARK = 0xa5;
const GAS = 20_000_000n;

/** Opcodes that a random module executes, as `acceptedOpcodes` gives their codes. */
export function executedOpcodes(module: Uint8Array): Set<number> {
  const sections = splitSections(module);
  const bodies = splitBodies(sections).map(({ locals, instructions }) => ({
    locals,
    instructions: instructions.flatMap((bytes) => [mark(idOf(bytes)), bytes]),
  }));
  const marked = joinSections(withBodies(sections, bodies));
  const compiled = new WebAssembly.Module(instrument(marked) as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(compiled, { wasi_snapshot_preview1: { fd_write: () => 0 } });
  (exports[EXPORTS.gas] as WebAssembly.Global<'i64'>).value = GAS;
  try {
    (exports[EXPORTS.start] as () => void)();
  } catch {
    // A module that traps has executed something too.
  }
  const memory = new Uint8Array((exports[EXPORTS.memory] as WebAssembly.Memory).buffer);
  const ids = Array.from({ length: 2 * PREFIXED }, (_, id) => id).filter((id) => memory[SEEN + id] === MARK);
  return new Set(ids.map((id) => (id < PREFIXED ? id : 0xfc0000 + id - PREFIXED)));
}

function idOf([code = 0, next = 0]: Uint8Array): number {
  return code === 0xfc ? PREFIXED + next : code;
}

/** `i32.const`, `i32.const`, `i32.store8`: sets the byte of an opcode. */
function mark(id: number): Uint8Array {
  return Uint8Array.of(0x41, ...signed(SEEN + id), 0x41, ...signed(MARK), 0x3a, 0, 0);
}

/** A positive integer as signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 63; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}
