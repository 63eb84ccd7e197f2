import { afterAll } from 'vitest';
import { endLeftovers } from './process.js';

afterAll(endLeftovers);
