import { test } from 'vitest';
import { expectMeasured, isLarge } from '../testing/expect-measured.js';
import { CLASSES } from './classes/index.js';

test('classes of work with much memory, and large modules, end well and have gas and time', async () => {
  await expectMeasured(CLASSES.filter(isLarge));
});
