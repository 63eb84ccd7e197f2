import { test } from 'vitest';
import { LEAST_KEPT } from './indexer.js';
import { expectNothingLost } from './testing/crash-test.js';

test.each([1, 2])(
  'killed with -9 at 100 random points while blocks arrive, it ends with the rows of a rebuild (run %i)',
  async () => {
    await expectNothingLost(100);
  },
);

test('killed with -9 at 100 random points while it drops old blocks, it ends with the rows of a rebuild', async () => {
  await expectNothingLost(100, { blocks: LEAST_KEPT + 10_000, keepBlocks: LEAST_KEPT });
});
