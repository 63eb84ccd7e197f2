/** What the profile leaves out of WebAssembly. */
export type Feature =
  | 'simd'
  | 'relaxed-simd'
  | 'threads'
  | 'tail-calls'
  | 'exceptions'
  | 'gc'
  | 'reference-types'
  | 'bulk-memory-segments'
  | 'memory64'
  | 'custom-page-sizes'
  | 'several-memories'
  | 'several-tables'
  | 'extended-constants'
  | 'wide-arithmetic'
  | 'component-model'
  | 'start-section'
  | 'unknown';
