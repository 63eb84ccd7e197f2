import { readFileSync } from 'node:fs';

/** Programs of `runtime/fixtures`, compiled from C. */
export const FIXTURES = ['floats', 'memory', 'preview1', 'recursion', 'words'] as const;

export function fixture(name: (typeof FIXTURES)[number]): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/${name}.wasm`, import.meta.url)));
}
