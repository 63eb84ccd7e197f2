import { EXTERNAL, type Limits, type ModuleLayout, SECTION, VALUE_TYPE } from '../wasm/module-layout.js';
import { valueTypeName } from '../wasm/value-types.js';
import { type Report, shown } from './findings.js';

/** The most pages that WebAssembly lets a memory have. */
const PAGES_OF_32_BITS = 65_536;

/** Checks what the sections outside of function bodies say about each other, by the rules of WebAssembly. */
export function checkIndices(module: ModuleLayout, report: Report): void {
  const invalid = (message: string, offset: number): void => report({ rule: 'invalid', message, offset });
  checkTypeIndices(module, invalid);
  checkLimits(module, invalid);
  const spaces = indexSpaces(module);
  checkGlobals(module, invalid);
  checkSegments(module, spaces, invalid);
  checkExports(module, spaces, report);
}

type Invalid = (message: string, offset: number) => void;

function checkTypeIndices({ imports, functions, types, cut }: ModuleLayout, invalid: Invalid): void {
  if (cut.has(SECTION.type)) return;
  for (const { module, name, kind, type, offset } of imports) {
    if (kind === EXTERNAL.function && type >= types.length)
      invalid(`the import ${shown(`${module}.${name}`)} has type ${type}, which does not exist`, offset);
  }
  for (const { type, offset } of functions) {
    if (type >= types.length) invalid(`a function has type ${type}, which does not exist`, offset);
  }
}

function checkLimits({ memories, tables }: ModuleLayout, invalid: Invalid): void {
  const below = ({ minimum, maximum, offset }: Limits, what: string, most: number): void => {
    if (maximum !== undefined && maximum < minimum)
      invalid(`the ${what} has a maximum of ${maximum}, less than the ${minimum} it starts with`, offset);
    if (Math.max(minimum, maximum ?? 0) > most)
      invalid(`the ${what} may have more than ${most} pages`, offset);
  };
  for (const memory of memories) below(memory, 'memory', PAGES_OF_32_BITS);
  for (const table of tables) below(table, 'table', 0xffffffff);
}

function checkGlobals({ globals }: ModuleLayout, invalid: Invalid): void {
  globals.forEach(({ type, initial, offset }, index) => {
    if (type === initial.type) return;
    const [declared, given] = [type, initial.type].map(valueTypeName);
    invalid(`global ${index} is ${declared} and starts with ${given}`, offset);
  });
}

function checkSegments({ elements, dataSegments }: ModuleLayout, spaces: number[], invalid: Invalid): void {
  const [functions = 0, tables, memories] = spaces;
  for (const { start, offset, highest } of elements) {
    if (start.type !== VALUE_TYPE.i32) invalid('the offset of an element segment is not i32', offset);
    if (tables === 0) invalid('an element segment has no table', offset);
    if (highest >= functions)
      invalid(`an element segment names function ${highest}, which does not exist`, offset);
  }
  for (const { start, offset } of dataSegments) {
    if (start.type !== VALUE_TYPE.i32) invalid('the offset of a data segment is not i32', offset);
    if (memories === 0) invalid('a data segment has no memory', offset);
  }
}

function checkExports({ exports }: ModuleLayout, spaces: number[], report: Report): void {
  const names = new Set<string>();
  for (const { name, kind, index, offset } of exports) {
    const what = `the export ${shown(name)}`;
    if (names.has(name)) report({ rule: 'invalid', message: `${what} appears twice`, offset });
    names.add(name);
    if (kind === EXTERNAL.tag) {
      report({ rule: 'exceptions', message: `${what} is a tag, which is not accepted`, offset });
    } else if (index >= (spaces[kind] ?? 0)) {
      report({
        rule: 'invalid',
        message: `${what} is ${KINDS[kind]} ${index}, which does not exist`,
        offset,
      });
    }
  }
}

const KINDS = ['function', 'table', 'memory', 'global'];

/** How many functions, tables, memories and globals there are; more than any index where that is not known. */
function indexSpaces(module: ModuleLayout): number[] {
  const { functions, tables, memories, globals, cut, imports } = module;
  const spaces = [functions, tables, memories, globals];
  const sections = [SECTION.function, SECTION.table, SECTION.memory, SECTION.global];
  return spaces.map((defined, kind) => {
    if (cut.has(SECTION.import) || cut.has(sections[kind] ?? -1)) return Number.POSITIVE_INFINITY;
    return imports.filter((entry) => entry.kind === kind).length + defined.length;
  });
}
