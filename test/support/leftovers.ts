import { afterAll } from 'vitest';
import { endNodes } from './chain-node.js';
import { endLeftovers } from './process.js';

afterAll(() => {
  endLeftovers();
  endNodes();
});
