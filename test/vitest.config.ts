import { defineConfig } from 'vitest/config';
import { oneByOne } from './vitest.base.js';

/** Short things first; `conservation` looks back at the whole run. */
const order = [
  'straight-line',
  'steps',
  'reading',
  'dashboard',
  'wasi',
  'guide',
  'recovery',
  'worker-limits',
  'referee',
  'install',
  'indexer',
  'canary',
  'blobs',
  'flood',
  'bad-input',
  'conformance',
  'conservation',
];

export default defineConfig({
  test: oneByOne(import.meta.dirname, order, ['run-directory.ts', 'shared-devnet.ts']),
});
