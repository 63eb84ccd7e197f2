import { describe, inject, it } from 'vitest';
import { underFlood } from './support/under-flood.js';

describe('ten minutes of valid transactions', () => {
  it('keep block time, and every commit gets into a block at once', async () => {
    await underFlood(inject('devnet'), { quiet: 30, flooded: 600, commits: 20 });
  });
});
