import { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import { readSectionEntries } from './decode-sections.js';
import { type ModuleLayout, SECTION } from './module-layout.js';

const MAGIC = 0x6d736100;

const { type, import: imports, table, memory, tag, global, start, element, dataCount, code, data } = SECTION;
/** Section ids in the order that the binary format asks for. */
const ORDER: readonly number[] = [
  type,
  imports,
  SECTION.function,
  table,
  memory,
  tag,
  global,
  SECTION.export,
  start,
  element,
  dataCount,
  code,
  data,
];

/**
 * Splits a module into its parts without judging it: what the profile refuses is listed in `refused`, and the
 * section that held it is read no further.
 * @throws DecodeError if the bytes are no module.
 */
export function decodeModule(bytes: Uint8Array): ModuleLayout {
  const module: ModuleLayout = {
    bytes,
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    elements: [],
    dataSegments: [],
    bodies: [],
    sections: new Map(),
    nameSections: [],
    refused: [],
    cut: new Set(),
  };
  const reader = new ByteReader(bytes);
  if (readPreamble(reader, module)) new SectionReader(reader, module).run();
  return module;
}

function readPreamble(reader: ByteReader, module: ModuleLayout): boolean {
  if (reader.left < 8) throw new DecodeError('the file is shorter than the preamble of a module', 0);
  reader.skip(8);
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset, 8);
  if (view.getUint32(0, true) !== MAGIC) throw new DecodeError('no WebAssembly magic number', 0);
  const version = view.getUint16(4, true);
  const layer = view.getUint16(6, true);
  if (layer !== 0) {
    module.refused.push({ rule: 'component-model', message: 'a component is not accepted', offset: 4 });
  } else if (version !== 1) throw new DecodeError(`unknown binary version ${version}`, 4);
  return layer === 0;
}

class SectionReader {
  #rank = -1;
  #dataCount: number | undefined;

  constructor(
    private readonly reader: ByteReader,
    private readonly module: ModuleLayout,
  ) {}

  run(): void {
    while (!this.reader.done) this.#section();
    this.#counts();
  }

  #section(): void {
    const { reader, module } = this;
    const offset = reader.position;
    const id = reader.u8();
    const content = reader.window(reader.u32());
    if (id === SECTION.custom) {
      if (content.name() === 'name') module.nameSections.push({ start: content.position, end: content.end });
      return;
    }
    this.#inOrder(id, offset);
    module.sections.set(id, { start: content.position, end: content.end });
    if (id === start) {
      module.refused.push({ rule: 'start-section', message: 'a start section is not accepted', offset });
      return;
    }
    if (id === tag) {
      module.refused.push({ rule: 'exceptions', message: 'a tag section is not accepted', offset });
      return;
    }
    if (id === dataCount) this.#dataCount = content.u32();
    else readSectionEntries(id, content, module);
    if (!module.cut.has(id) && !content.done) {
      throw new DecodeError(`section ${id} is longer than its contents`, content.position);
    }
  }

  #inOrder(id: number, offset: number): void {
    const rank = ORDER.indexOf(id);
    if (rank < 0) throw new DecodeError(`unknown section ${id}`, offset);
    if (this.module.sections.has(id)) throw new DecodeError(`section ${id} appears twice`, offset);
    if (rank < this.#rank) throw new DecodeError(`section ${id} is out of order`, offset);
    this.#rank = rank;
  }

  /** What two sections say about one number has to agree. */
  #counts(): void {
    const { cut, functions, bodies, dataSegments, bytes } = this.module;
    if (!cut.has(SECTION.function) && !cut.has(code) && bodies.length !== functions.length) {
      const message = `${functions.length} functions are declared and ${bodies.length} have a body`;
      throw new DecodeError(message, bytes.length);
    }
    if (this.#dataCount !== undefined && !cut.has(data) && this.#dataCount !== dataSegments.length) {
      const message = `${this.#dataCount} data segments are announced and ${dataSegments.length} are there`;
      throw new DecodeError(message, bytes.length);
    }
  }
}
