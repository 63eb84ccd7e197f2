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
  import: 'build for wasm32-wasi (preview1) and link everything else statically',
  'entry-point': 'build a command (with main), not a library or reactor',
};

/** What to change when a rule is broken, where there is something general to say. */
export function hintFor(rule: Rule): string | undefined {
  return hints[rule];
}
