import { LIMITS } from '../profile/limits.js';
import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import type { Feature } from './features.js';
import { InstructionReader } from './instruction-reader.js';
import { type Constant, EXTERNAL, type Limits, type ModuleLayout, SECTION } from './module-layout.js';
import { OP } from './opcodes.js';
import { featureOfValueType, isNumber } from './value-types.js';

const FUNCREF = 0x70;
const FUNCTION_TYPE = 0x60;

/** Thrown inside a section to stop reading it after something that the profile refuses. */
class RefusedEntry extends Error {
  constructor(
    readonly rule: Feature | 'limit',
    what: string,
    readonly offset: number,
  ) {
    super(rule === 'limit' ? what : `${what} is not accepted`);
  }
}

interface SectionForm {
  /** What its entries are called, and how many a module may have. */
  readonly entries: string;
  readonly most: number;
  /** Bytes of the shortest entry. */
  readonly least: number;
  read(reader: ByteReader, module: ModuleLayout): void;
}

const functions = { entries: 'functions', most: LIMITS.functions };
const NO_LIMIT = Number.POSITIVE_INFINITY;

const forms = new Map<number, SectionForm>([
  [SECTION.type, { entries: 'types', most: LIMITS.types, least: 2, read: readType }],
  [SECTION.import, { entries: 'imports', most: LIMITS.imports, least: 4, read: readImport }],
  [SECTION.function, { ...functions, least: 1, read: readFunction }],
  [SECTION.table, { entries: 'tables', most: NO_LIMIT, least: 3, read: readTables }],
  [SECTION.memory, { entries: 'memories', most: NO_LIMIT, least: 2, read: readMemory }],
  [SECTION.global, { entries: 'globals', most: LIMITS.globals, least: 5, read: readGlobal }],
  [SECTION.export, { entries: 'exports', most: LIMITS.exports, least: 3, read: readExport }],
  [
    SECTION.element,
    { entries: 'element segments', most: LIMITS.elementSegments, least: 2, read: readElement },
  ],
  [SECTION.code, { ...functions, least: 3, read: readBody }],
  [SECTION.data, { entries: 'data segments', most: LIMITS.dataSegments, least: 2, read: readData }],
]);

/** Reads every entry of a section other than custom, start and tag into the module, up to one that is refused. */
export function readSectionEntries(id: number, content: ByteReader, module: ModuleLayout): void {
  const form = forms.get(id);
  if (form === undefined) return;
  try {
    const offset = content.position;
    const count = content.count(form.least);
    if (count > form.most) {
      const message = `the module has ${count} ${form.entries}, the limit is ${form.most}`;
      throw new RefusedEntry('limit', message, offset);
    }
    for (let left = count; left > 0; left--) form.read(content, module);
  } catch (error) {
    if (!(error instanceof RefusedEntry)) throw error;
    const { rule, message, offset } = error;
    module.refused.push({ rule, message, offset });
    module.cut.add(id);
  }
}

function readType(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const form = reader.u8();
  if (form >= 0x4d && form <= 0x5f)
    throw new RefusedEntry('gc', 'a type that is not a function type', offset);
  if (form !== FUNCTION_TYPE) throw new DecodeError(`unknown type form 0x${form.toString(16)}`, offset);
  const index = module.types.length;
  const params = readValueTypes(reader, `type ${index}`, 'parameters', LIMITS.locals);
  const results = readValueTypes(reader, `type ${index}`, 'results', LIMITS.results);
  module.types.push({ params, results });
}

function readValueTypes(reader: ByteReader, of: string, what: string, most: number): Uint8Array {
  const offset = reader.position;
  const count = reader.count();
  if (count > most)
    throw new RefusedEntry('limit', `${of} has ${count} ${what}, the limit is ${most}`, offset);
  const types = new Uint8Array(count);
  for (let i = 0; i < count; i++) types[i] = readValueType(reader);
  return types;
}

/** Reads a number type. @throws RefusedEntry for vectors and references. */
function readValueType(reader: ByteReader): number {
  const offset = reader.position;
  const type = reader.u8();
  if (isNumber(type)) return type;
  const feature = featureOfValueType(type);
  if (feature === undefined) throw new DecodeError(`unknown value type 0x${type.toString(16)}`, offset);
  throw new RefusedEntry(feature, feature === 'simd' ? 'the value type v128' : 'a reference value', offset);
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
    readMutability(reader);
  } else if (kind === EXTERNAL.tag) {
    throw new RefusedEntry('exceptions', 'an imported tag', offset);
  } else throw new DecodeError(`unknown import kind ${kind}`, offset);
  module.imports.push({ module: from, name, kind, type, offset });
}

function readFunction(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  module.functions.push({ type: reader.u32(), offset });
}

function readTables(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  if (module.tables.length > 0) throw new RefusedEntry('several-tables', 'a second table', offset);
  module.tables.push(readTable(reader));
}

function readTable(reader: ByteReader): Limits {
  const offset = reader.position;
  const type = reader.u8();
  if (type !== FUNCREF)
    throw new RefusedEntry('reference-types', 'a table of another type than funcref', offset);
  return readLimits(reader, 'table');
}

function readMemory(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  if (module.memories.length > 0) throw new RefusedEntry('several-memories', 'a second memory', offset);
  module.memories.push(readLimits(reader, 'memory'));
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
  const offset = reader.position;
  const type = readValueType(reader);
  const mutable = readMutability(reader);
  module.globals.push({ type, mutable, initial: readConstant(reader), offset });
}

function readMutability(reader: ByteReader): boolean {
  const offset = reader.position;
  const flag = reader.u8();
  if (flag > 1) throw new DecodeError(`unknown mutability 0x${flag.toString(16)}`, offset);
  return flag === 1;
}

/** Reads a constant expression: one `const` and `end`. */
function readConstant(reader: ByteReader): Constant {
  const offset = reader.position;
  const instruction = new InstructionReader(reader);
  instruction.next();
  const { opcode, refused, immediate } = instruction;
  const { code } = opcode;
  if (refused !== undefined)
    throw new RefusedEntry(refused, `the constant expression ${opcode.name}`, offset);
  if (code === OP.globalGet)
    throw new RefusedEntry('extended-constants', 'the value of a global as a constant', offset);
  if (code < OP.i32Const || code > OP.f64Const)
    throw new DecodeError(`${opcode.name} is not constant`, offset);
  const after = reader.position;
  const next = reader.u8();
  if (next !== OP.end) {
    reader.position = after;
    instruction.next();
    const rule = instruction.refused ?? 'extended-constants';
    throw new RefusedEntry(rule, `${instruction.what} in a constant expression`, after);
  }
  return { type: opcode.result ?? 0, value: code === OP.i32Const ? immediate >>> 0 : 0 };
}

function readExport(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const name = reader.name();
  const kind = reader.u8();
  if (kind > EXTERNAL.tag) throw new DecodeError(`unknown export kind ${kind}`, offset);
  module.exports.push({ name, kind, index: reader.u32(), offset });
}

function readElement(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw new DecodeError(`unknown element segment kind ${flags}`, offset);
  if (flags === 1) throw new RefusedEntry('bulk-memory-segments', 'a passive element segment', offset);
  if (flags !== 0) throw new RefusedEntry('reference-types', `an element segment of kind ${flags}`, offset);
  const start = readConstant(reader);
  const length = reader.count();
  let highest = -1;
  for (let left = length; left > 0; left--) highest = Math.max(highest, reader.u32());
  module.elements.push({ start, length, offset, highest });
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
