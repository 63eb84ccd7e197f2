import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import type { Feature } from './features.js';
import { InstructionReader } from './instruction-reader.js';
import { EXTERNAL, type Limits, type ModuleLayout, SECTION } from './module-layout.js';
import { OP } from './opcodes.js';

const FUNCREF = 0x70;
const FUNCTION_TYPE = 0x60;

/** Thrown inside a section to stop reading it after something that the profile refuses. */
class RefusedEntry extends Error {
  constructor(
    readonly feature: Feature,
    readonly what: string,
    readonly offset: number,
  ) {
    super(what);
  }
}

/** Reads every entry of a section other than import, custom and start into the module. */
export function readSectionEntries(id: number, content: ByteReader, module: ModuleLayout): void {
  const readEntry = entryReaders.get(id);
  if (readEntry !== undefined) readEntries(content, module, readEntry);
}

/** Reads the import section into the module. */
export function readImports(content: ByteReader, module: ModuleLayout): void {
  readEntries(content, module, readImport);
}

type EntryReader = (reader: ByteReader, module: ModuleLayout) => void;

function readEntries(content: ByteReader, module: ModuleLayout, readEntry: EntryReader): void {
  try {
    for (let left = content.u32(); left > 0; left--) readEntry(content, module);
  } catch (error) {
    if (!(error instanceof RefusedEntry)) throw error;
    module.refused.push({ feature: error.feature, what: error.what, offset: error.offset });
  }
}

const entryReaders = new Map<number, EntryReader>([
  [SECTION.type, readType],
  [SECTION.function, (reader, module) => module.functions.push(reader.u32())],
  [SECTION.table, (reader, module) => module.tables.push(readTable(reader))],
  [SECTION.memory, (reader, module) => module.memories.push(readLimits(reader, 'memory'))],
  [SECTION.global, readGlobal],
  [SECTION.export, readExport],
  [SECTION.element, readElement],
  [SECTION.code, readBody],
  [SECTION.data, readData],
]);

function readType(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const form = reader.u8();
  if (form >= 0x4d && form <= 0x5f)
    throw new RefusedEntry('gc', 'a type that is not a function type', offset);
  if (form !== FUNCTION_TYPE) throw new DecodeError(`unknown type form 0x${form.toString(16)}`, offset);
  module.types.push({ params: readValueTypes(reader), results: readValueTypes(reader) });
}

function readValueTypes(reader: ByteReader): Uint8Array {
  const count = reader.u32();
  if (count > reader.end - reader.position) throw new DecodeError('too many value types', reader.position);
  return Uint8Array.from({ length: count }, () => readValueType(reader));
}

/** Reads a number type. @throws RefusedEntry for vectors and references. */
export function readValueType(reader: ByteReader): number {
  const offset = reader.position;
  const type = reader.u8();
  if (type >= 0x7c && type <= 0x7f) return type;
  if (type === 0x7b) throw new RefusedEntry('simd', 'the value type v128', offset);
  if (type === FUNCREF || type === 0x6f)
    throw new RefusedEntry('reference-types', 'a reference value', offset);
  if (type === 0x69) throw new RefusedEntry('exceptions', 'the value type exnref', offset);
  if (type >= 0x63 && type <= 0x74) throw new RefusedEntry('gc', 'a reference value', offset);
  throw new DecodeError(`unknown value type 0x${type.toString(16)}`, offset);
}

function readImport(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const from = reader.name();
  const name = reader.name();
  const kind = reader.u8();
  let type = -1;
  if (kind === EXTERNAL.function) type = reader.u32();
  else if (kind === EXTERNAL.table) readTable(reader);
  else if (kind === EXTERNAL.memory) readLimits(reader, 'memory');
  else if (kind === EXTERNAL.global) {
    readValueType(reader);
    reader.u8();
  } else if (kind === EXTERNAL.tag) {
    throw new RefusedEntry('exceptions', 'an imported tag', offset);
  } else throw new DecodeError(`unknown import kind ${kind}`, offset);
  module.imports.push({ module: from, name, kind, type, offset });
}

function readTable(reader: ByteReader): Limits {
  const offset = reader.position;
  const type = reader.u8();
  if (type !== FUNCREF)
    throw new RefusedEntry('reference-types', 'a table of another type than funcref', offset);
  return readLimits(reader, 'table');
}

function readLimits(reader: ByteReader, of: 'memory' | 'table'): Limits {
  const offset = reader.position;
  const flags = reader.u8();
  if (flags & 2) throw new RefusedEntry('threads', `a shared ${of}`, offset);
  if (flags & 4) throw new RefusedEntry('memory64', `a 64-bit ${of}`, offset);
  if (flags & 8) throw new RefusedEntry('custom-page-sizes', `a ${of} with its own page size`, offset);
  if (flags > 1) throw new DecodeError(`unknown limits 0x${flags.toString(16)}`, offset);
  const minimum = reader.u32();
  return { minimum, maximum: flags === 1 ? reader.u32() : undefined, offset };
}

function readGlobal(reader: ByteReader, module: ModuleLayout): void {
  const type = readValueType(reader);
  reader.u8();
  readConstant(reader);
  module.globals.push(type);
}

/** Reads a constant expression: one `const` and `end`. Gives the value of an i32, 0 for other types. */
function readConstant(reader: ByteReader): number {
  const offset = reader.position;
  const first = new InstructionReader(reader);
  first.next();
  const { code, name, refused } = first.opcode;
  if (refused !== undefined) throw new RefusedEntry(refused, `the constant expression ${name}`, offset);
  let value = 0;
  if (code === OP.i32Const) {
    reader.position = offset + 1;
    value = reader.signed(32) >>> 0;
  } else if (code < OP.i32Const || code > OP.f64Const) {
    throw new RefusedEntry('extended-constants', `the constant expression ${name}`, offset);
  }
  const after = reader.position;
  if (reader.u8() !== OP.end) throw new RefusedEntry('extended-constants', 'a constant expression', after);
  return value;
}

function readExport(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  module.exports.push({ name: reader.name(), kind: reader.u8(), index: reader.u32(), offset });
}

function readElement(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw new DecodeError(`unknown element segment kind ${flags}`, offset);
  if (flags !== 0) throw new RefusedEntry('reference-types', `an element segment of kind ${flags}`, offset);
  const start = readConstant(reader);
  const length = reader.u32();
  for (let left = length; left > 0; left--) reader.u32();
  module.elements.push({ start, length, offset });
}

function readBody(reader: ByteReader, module: ModuleLayout): void {
  const body = reader.window(reader.u32());
  module.bodies.push({ start: body.position, end: body.end });
}

function readData(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const flags = reader.u32();
  if (flags === 1) throw new RefusedEntry('bulk-memory-segments', 'a passive data segment', offset);
  if (flags === 2) throw new RefusedEntry('several-memories', 'a data segment of another memory', offset);
  if (flags !== 0) throw new DecodeError(`unknown data segment kind ${flags}`, offset);
  const start = readConstant(reader);
  const length = reader.u32();
  reader.skip(length);
  module.dataSegments.push({ start, length, offset });
}
