import { describe } from 'vitest';
import { expectBombs } from '../testing/expect-bombs.js';

describe('a compile bomb is refused, or checked, instrumented and compiled soon', () => {
  expectBombs([
    'blocks a hundred thousand deep',
    'branch tables to 500 blocks',
    'a giant function',
    'loops around 511 locals',
    'branches across 700 operands',
    'calls that are never reached',
    'square roots and negations',
    'functions with a result type each',
    'four billion locals',
    'counts that no bytes follow',
    '250,000 exports',
  ]);
});
