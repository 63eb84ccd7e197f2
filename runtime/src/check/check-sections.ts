import { LIMITS, PAGE_BYTES } from '../profile/limits.js';
import { WASI_MODULE, wasiCall, wasiResults } from '../wasi/calls.js';
import {
  EXTERNAL,
  type FunctionType,
  type Import,
  type ModuleLayout,
  VALUE_TYPE,
} from '../wasm/module-layout.js';
import type { Report } from './findings.js';

/** Checks everything outside of function bodies. */
export function checkSections(module: ModuleLayout, report: Report): void {
  for (const { feature, what, offset } of module.refused) {
    report({ rule: feature, message: `${what} is not accepted`, offset });
  }
  checkCounts(module, report);
  checkTypes(module, report);
  for (const entry of module.imports) checkImport(entry, module, report);
  checkMemory(module, report);
  checkTable(module, report);
  checkEntryPoint(module, report);
}

function checkCounts(module: ModuleLayout, report: Report): void {
  const counts: [count: number, limit: number, of: string][] = [
    [module.functions.length, LIMITS.functions, 'functions'],
    [module.types.length, LIMITS.types, 'types'],
    [module.imports.length, LIMITS.imports, 'imports'],
    [module.globals.length, LIMITS.globals, 'globals'],
    [module.elements.length, LIMITS.elementSegments, 'element segments'],
    [module.dataSegments.length, LIMITS.dataSegments, 'data segments'],
  ];
  for (const [count, limit, of] of counts) {
    if (count > limit) {
      report({ rule: 'limit', message: `the module has ${count} ${of}, the limit is ${limit}`, offset: 0 });
    }
  }
}

function checkTypes(module: ModuleLayout, report: Report): void {
  module.types.forEach(({ params, results }, index) => {
    if (results.length > LIMITS.results) {
      const message = `type ${index} has ${results.length} results, the limit is ${LIMITS.results}`;
      report({ rule: 'limit', message, offset: 0 });
    }
    if (params.length > LIMITS.locals) {
      const message = `type ${index} has ${params.length} parameters, the limit is ${LIMITS.locals}`;
      report({ rule: 'limit', message, offset: 0 });
    }
  });
}

function checkImport(entry: Import, module: ModuleLayout, report: Report): void {
  const { offset } = entry;
  const name = `${entry.module}.${entry.name}`;
  const call = entry.module === WASI_MODULE && entry.kind === EXTERNAL.function && wasiCall(entry.name);
  if (!call) {
    report({ rule: 'import', message: `the import ${name} is no call of WASI preview1`, offset });
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
  const [memory, second] = module.memories;
  if (second !== undefined) {
    report({ rule: 'several-memories', message: 'several memories are not accepted', offset: second.offset });
  }
  const exported = module.exports.find(({ name }) => name === 'memory');
  if (memory === undefined || exported?.kind !== EXTERNAL.memory) {
    const message = 'the module exports no memory of its own under the name `memory`';
    report({ rule: 'memory', message, offset: exported?.offset ?? 0, hint: 'link without --import-memory' });
    return;
  }
  if (memory.minimum > LIMITS.memoryPages) {
    const message = `the memory starts with ${memory.minimum} pages, the limit is ${LIMITS.memoryPages}`;
    report({ rule: 'limit', message, offset: memory.offset, hint: 'link with a smaller --initial-memory' });
  }
  for (const { start, length, offset } of module.dataSegments) {
    if (start + length > memory.minimum * PAGE_BYTES) {
      report({ rule: 'segment', message: 'a data segment lies outside of the initial memory', offset });
    }
  }
}

function checkTable(module: ModuleLayout, report: Report): void {
  const [table, second] = module.tables;
  if (second !== undefined) {
    report({ rule: 'several-tables', message: 'several tables are not accepted', offset: second.offset });
  }
  if (table !== undefined && table.minimum > LIMITS.tableEntries) {
    const message = `the table has ${table.minimum} entries, the limit is ${LIMITS.tableEntries}`;
    report({ rule: 'limit', message, offset: table.offset });
  }
  for (const { start, length, offset } of module.elements) {
    if (start + length > (table?.minimum ?? 0)) {
      report({ rule: 'segment', message: 'an element segment lies outside of the table', offset });
    }
  }
}

function checkEntryPoint(module: ModuleLayout, report: Report): void {
  const start = module.exports.find(({ name }) => name === '_start');
  if (start?.kind !== EXTERNAL.function) {
    report({
      rule: 'entry-point',
      message: 'the module exports no function `_start`',
      offset: start?.offset ?? 0,
    });
    return;
  }
  const importedFunctions = module.imports.filter(({ kind }) => kind === EXTERNAL.function).length;
  const type = module.types[module.functions[start.index - importedFunctions] ?? -1];
  if (type === undefined || type.params.length + type.results.length > 0) {
    const message = '`_start` must be a function of the module without parameters and results';
    report({ rule: 'entry-point', message, offset: start.offset });
  }
}
