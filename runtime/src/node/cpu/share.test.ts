import { describe, test } from 'vitest';
import { canLook } from '../../testing/session.js';
import { expectShare } from '../../testing/share.js';

describe.skipIf(!canLook)('a share of a core, measured from the outside beside each other', () => {
  test.concurrent('20 % with a new process for each short unit', () =>
    expectShare(20, 'a new module for each short unit', 10));
  test.concurrent('50 % with one long unit', () => expectShare(50, 'one long unit', 10));
  test.concurrent('80 % with units of real programs', () =>
    expectShare(80, 'many units of real programs', 10));
});
