import { describe, inject, it } from 'vitest';
import { underFlood } from './support/under-flood.js';

describe('five minutes of valid transactions', () => {
  it('keep block time, and every commit gets into a block at once', async () => {
    await underFlood(inject('devnet'), { quiet: 30, flooded: 300, commits: 12 });
  });
});
