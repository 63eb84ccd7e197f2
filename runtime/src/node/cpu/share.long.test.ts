import { spawn } from 'node:child_process';
import { describe, test } from 'vitest';
import { canLook } from '../../testing/session.js';
import { expectShare, type Load, loads } from '../../testing/share.js';

const cases = [20, 50, 80].flatMap((percent) =>
  (Object.keys(loads) as Load[]).map((load) => ({ percent, load })),
);

describe.skipIf(!canLook)('a share of a core, measured from the outside', () => {
  test.each(cases)('$percent % with $load', ({ percent, load }) => expectShare(percent, load, 20));

  test.each(cases)('$percent % with $load, beside a program that never rests', async ({ percent, load }) => {
    const busy = spawn(process.execPath, ['-e', 'for (;;);']);
    try {
      await expectShare(percent, load, 20);
    } finally {
      busy.kill('SIGKILL');
    }
  });
});
