import type { Feature } from './features.js';
import { VALUE_TYPE } from './module-layout.js';

const names = new Map<number, string>(Object.entries(VALUE_TYPE).map(([name, code]) => [code, name]));

/** `i32` and so on, for messages. */
export function valueTypeName(type: number): string {
  return names.get(type) ?? 'any value';
}

/** True for the numbers, the only values that the profile knows. */
export function isNumber(type: number): boolean {
  return type >= VALUE_TYPE.f64 && type <= VALUE_TYPE.i32;
}

/** What a value type that is no number belongs to; undefined if no version of WebAssembly has it. */
export function featureOfValueType(type: number): Feature | undefined {
  if (type === 0x7b) return 'simd';
  if (type === 0x70 || type === 0x6f) return 'reference-types';
  if (type === 0x69 || type === 0x74) return 'exceptions';
  return type >= 0x63 && type <= 0x73 ? 'gc' : undefined;
}
