import { test } from 'vitest';
import { expectNothingLost } from './testing/crash-test.js';

test('killed with -9 at 20 random points while blocks arrive, it ends with the rows of a rebuild', async () => {
  await expectNothingLost(20);
}, 240_000);
