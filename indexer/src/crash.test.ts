import { test } from 'vitest';
import { LEAST_KEPT } from './indexer.js';
import { expectNothingLost } from './testing/crash-test.js';

test('killed with -9 at 20 random points while blocks arrive, it ends with the rows of a rebuild', async () => {
  await expectNothingLost(20);
}, 240_000);

test('killed with -9 at 12 random points while it drops old blocks, it ends with the rows of a rebuild', async () => {
  await expectNothingLost(12, { blocks: LEAST_KEPT + 1_500, keepBlocks: LEAST_KEPT });
}, 240_000);
