import { describe, inject, it } from 'vitest';
import { underFlood } from './support/under-flood.js';

describe('a flood of valid transactions', () => {
  it('keeps block time, and a commit gets into a block at once', async () => {
    await underFlood(inject('devnet'), { quiet: 5, flooded: 10, commits: 1 });
  });
});
