import type { Rule } from './rule.js';

const hints: Partial<Record<Rule, string>> = {
  simd: 'compile with -mno-simd128',
  'relaxed-simd': 'compile with -mno-relaxed-simd -mno-simd128',
  threads: 'compile without -pthread and with -mno-atomics',
  'tail-calls': 'compile with -mno-tail-call',
  exceptions: 'compile with -fno-exceptions (Rust: panic = "abort")',
  gc: 'use a language that compiles to linear memory',
  'reference-types': 'compile with -mno-reference-types',
  'bulk-memory-segments':
    'link without --shared-memory and --passive-segments (only memory.copy and memory.fill)',
  memory64: 'compile for wasm32',
  'custom-page-sizes': 'link with the standard page size of 64 KiB',
  'several-memories': 'keep to one memory',
  'several-tables': 'keep to one function table',
  'extended-constants': 'compile with -mno-extended-const and without -fPIC',
  'wide-arithmetic': 'compile with -mno-wide-arithmetic',
  'component-model': 'build a core module for wasm32-wasi (preview1), not a component',
  'start-section': 'do the set-up in _start',
  invalid: 'the compiler, or a tool after it, wrote a broken module: build it again with newer ones',
  import: 'build for wasm32-wasi (preview1) and link everything else statically',
  'entry-point': 'build a command (with main), not a library or reactor',
};

/** What to change when a rule is broken, where there is something general to say. */
export function hintFor(rule: Rule): string | undefined {
  return hints[rule];
}

/** What begins so is no WebAssembly, and something else that is easily taken for it. */
const beginnings: readonly [start: readonly number[], hint: string][] = [
  [[0x28], 'this is the text form: assemble it with wat2wasm'],
  [[0x7f, 0x45, 0x4c, 0x46], 'this is a native program: compile with --target=wasm32-wasi'],
  [[0x4d, 0x5a], 'this is a native program: compile with --target=wasm32-wasi'],
  [[0x1f, 0x8b], 'this is compressed: unpack it'],
  [[0x50, 0x4b], 'this is an archive: unpack it'],
  [[0x21, 0x3c, 0x61, 0x72], 'this is a library of object files: link a program'],
];

/** What to give instead of bytes that are no module. */
export function hintForBytes(bytes: Uint8Array): string {
  const known = beginnings.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  return known?.[1] ?? 'give the .wasm file that the compiler wrote, whole';
}

/** What to change about an import that is not of WASI preview1, where its name tells more than usual. */
export function hintForImport(module: string, name: string): string | undefined {
  if (module === 'env' && OBJECT_FILE.includes(name)) return 'this is an object file: link it (without -c)';
  if (module === 'wasi_unstable') return 'this is the WASI before preview1: build with a newer WASI SDK';
  return hintFor('import');
}

const OBJECT_FILE = ['__linear_memory', '__indirect_function_table', '__stack_pointer'];
