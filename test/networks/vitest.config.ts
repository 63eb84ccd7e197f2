import { defineConfig } from 'vitest/config';
import { oneByOne } from '../vitest.base.js';

const order = [
  'devnet',
  'validators',
  'cheaters',
  'caught',
  'verify',
  'watching-a-cheater',
  'broadcast',
  'requester',
];

export default defineConfig({ test: oneByOne(import.meta.dirname, order, ['run-directory.ts']) });
