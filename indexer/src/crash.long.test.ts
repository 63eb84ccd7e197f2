import { test } from 'vitest';
import { expectNothingLost } from './testing/crash-test.js';

test.each([1, 2])(
  'killed with -9 at 100 random points while blocks arrive, it ends with the rows of a rebuild (run %i)',
  async () => {
    await expectNothingLost(100);
  },
);
