import { describe } from 'vitest';
import { BOMBS } from '../testing/bombs.js';
import { expectBombs } from '../testing/expect-bombs.js';

describe('every compile bomb is refused, or checked, instrumented and compiled soon', () => {
  expectBombs(Object.keys(BOMBS));
});
