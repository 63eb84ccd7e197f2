import { type FunctionType, type ModuleLayout, SECTION } from '../wasm/module-layout.js';
import type { TypingContext } from './function-typing.js';

const NEEDED = [
  SECTION.type,
  SECTION.import,
  SECTION.function,
  SECTION.table,
  SECTION.memory,
  SECTION.global,
];

/** What function bodies may refer to; undefined if a part of it is refused or broken, so that nothing can be said. */
export function typingContext(module: ModuleLayout): TypingContext | undefined {
  if (NEEDED.some((section) => module.cut.has(section))) return undefined;
  const functions: FunctionType[] = [];
  for (const { type } of [...module.imports, ...module.functions]) {
    const known = module.types[type];
    if (known === undefined) return undefined;
    functions.push(known);
  }
  const { types, globals, tables, memories } = module;
  return { types, functions, globals, tables: tables.length, memories: memories.length };
}
