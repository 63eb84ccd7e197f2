import type { Feature } from '../wasm/features.js';

/** The rule that a module breaks: a refused feature, a limit, or one of the profile's own demands. */
export type Rule =
  | Feature
  | 'malformed'
  | 'invalid'
  | 'limit'
  | 'import'
  | 'memory'
  | 'entry-point'
  | 'segment';
