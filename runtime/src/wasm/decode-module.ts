import { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import { decodeNames } from './decode-names.js';
import { readImports, readSectionEntries } from './decode-sections.js';
import { type ModuleLayout, SECTION } from './module-layout.js';

const MAGIC = 0x6d736100;

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
    names: new Map(),
    refused: [],
  };
  const reader = new ByteReader(bytes);
  if (!readPreamble(reader, module)) return module;
  while (!reader.done) readSection(reader, module);
  if (module.refused.length === 0 && module.bodies.length !== module.functions.length) {
    throw new DecodeError(
      `${module.functions.length} functions are declared and ${module.bodies.length} have a body`,
      bytes.length,
    );
  }
  return module;
}

function readPreamble(reader: ByteReader, module: ModuleLayout): boolean {
  reader.skip(8);
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset, 8);
  if (view.getUint32(0, true) !== MAGIC) throw new DecodeError('no WebAssembly magic number', 0);
  const version = view.getUint16(4, true);
  const layer = view.getUint16(6, true);
  if (layer !== 0) module.refused.push({ feature: 'component-model', what: 'a component', offset: 4 });
  else if (version !== 1) throw new DecodeError(`unknown binary version ${version}`, 4);
  return layer === 0;
}

function readSection(reader: ByteReader, module: ModuleLayout): void {
  const offset = reader.position;
  const id = reader.u8();
  const content = reader.window(reader.u32());
  if (id === SECTION.custom) {
    if (content.name() === 'name') decodeNames(content, module.names);
    return;
  }
  if (module.sections.has(id)) throw new DecodeError(`section ${id} appears twice`, offset);
  module.sections.set(id, { start: content.position, end: content.end });
  if (id === SECTION.start)
    module.refused.push({ feature: 'start-section', what: 'a start section', offset });
  else if (id === SECTION.tag) module.refused.push({ feature: 'exceptions', what: 'a tag section', offset });
  else if (id > SECTION.tag) throw new DecodeError(`unknown section ${id}`, offset);
  else if (id !== SECTION.dataCount) {
    const before = module.refused.length;
    if (id === SECTION.import) readImports(content, module);
    else readSectionEntries(id, content, module);
    if (module.refused.length === before && !content.done) {
      throw new DecodeError(`section ${id} is longer than its contents`, content.position);
    }
  }
}
