import { LIMITS, PAGE_BYTES } from '../profile/limits.js';
import { WASI_MODULE, wasiCall, wasiResults } from '../wasi/calls.js';
import {
  EXTERNAL,
  type FunctionType,
  type Import,
  importedFunctions,
  type ModuleLayout,
  SECTION,
  VALUE_TYPE,
} from '../wasm/module-layout.js';
import { checkIndices } from './check-indices.js';
import { type Report, shown } from './findings.js';
import { hintForImport } from './hints.js';

/** Checks everything outside of function bodies. */
export function checkSections(module: ModuleLayout, report: Report): void {
  for (const { rule, message, offset } of module.refused) report({ rule, message, offset });
  for (const entry of module.imports) checkImport(entry, module, report);
  checkIndices(module, report);
  checkMemory(module, report);
  checkTable(module, report);
  checkEntryPoint(module, report);
}

function checkImport(entry: Import, module: ModuleLayout, report: Report): void {
  const { offset } = entry;
  const name = shown(`${entry.module}.${entry.name}`);
  const call = entry.module === WASI_MODULE && entry.kind === EXTERNAL.function && wasiCall(entry.name);
  if (!call) {
    const message = `the import ${name} is no call of WASI preview1`;
    const hint = hintForImport(entry.module, entry.name);
    report({ rule: 'import', message, offset, ...(hint === undefined ? {} : { hint }) });
    return;
  }
  const type = module.types[entry.type];
  if (type !== undefined && signature(type) !== `${call.params}:${wasiResults(entry.name)}`) {
    report({
      rule: 'import',
      message: `the import ${name} has another type than WASI preview1 gives it`,
      offset,
    });
  }
}

function signature({ params, results }: FunctionType): string {
  const letters = (types: Uint8Array) => Array.from(types, letter).join('');
  return `${letters(params)}:${letters(results)}`;
}

function letter(type: number): string {
  if (type === VALUE_TYPE.i32) return 'i';
  return type === VALUE_TYPE.i64 ? 'I' : 'f';
}

function checkMemory(module: ModuleLayout, report: Report): void {
  const { memories, exports, dataSegments, cut } = module;
  const [memory] = memories;
  const exported = exports.find(({ name }) => name === 'memory');
  if (memory === undefined || exported?.kind !== EXTERNAL.memory) {
    if (cut.has(SECTION.memory) || cut.has(SECTION.export)) return;
    const message = 'the module exports no memory of its own under the name `memory`';
    report({ rule: 'memory', message, offset: exported?.offset ?? 0, hint: 'link without --import-memory' });
    return;
  }
  if (memory.minimum > LIMITS.memoryPages) {
    const message = `the memory starts with ${memory.minimum} pages, the limit is ${LIMITS.memoryPages}`;
    report({ rule: 'limit', message, offset: memory.offset, hint: 'link with a smaller --initial-memory' });
  }
  for (const { start, length, offset } of dataSegments) {
    if (start.value + length > memory.minimum * PAGE_BYTES) {
      report({ rule: 'segment', message: 'a data segment lies outside of the initial memory', offset });
    }
  }
}

function checkTable({ tables, elements }: ModuleLayout, report: Report): void {
  const [table] = tables;
  if (table === undefined) return;
  if (table.minimum > LIMITS.tableEntries) {
    const message = `the table has ${table.minimum} entries, the limit is ${LIMITS.tableEntries}`;
    report({ rule: 'limit', message, offset: table.offset });
  }
  for (const { start, length, offset } of elements) {
    if (start.value + length > table.minimum) {
      report({ rule: 'segment', message: 'an element segment lies outside of the table', offset });
    }
  }
}

function checkEntryPoint(module: ModuleLayout, report: Report): void {
  const { exports, types, functions, cut } = module;
  const start = exports.find(({ name }) => name === '_start');
  if (start?.kind !== EXTERNAL.function) {
    if (cut.has(SECTION.export)) return;
    const message = 'the module exports no function `_start`';
    report({ rule: 'entry-point', message, offset: start?.offset ?? 0 });
    return;
  }
  const defined = functions[start.index - importedFunctions(module)];
  const type = types[defined?.type ?? -1];
  const known = !cut.has(SECTION.type) && !cut.has(SECTION.import) && !cut.has(SECTION.function);
  if (type === undefined ? known : type.params.length + type.results.length > 0) {
    const message = '`_start` must be a function of the module without parameters and results';
    report({ rule: 'entry-point', message, offset: start.offset });
  }
}
