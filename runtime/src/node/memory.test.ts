import { expect, test } from 'vitest';
import { descendants, memoryOf } from '../testing/processes.js';
import { REQUEST } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import { createExecutor } from './executor.js';

const MIB = 1024 * 1024;

/** What a unit's process may take beside its module's memory. The README states it. */
const CONSTANT = 128 * MIB;

/** Grows by 64 MiB less a page until it may not, and writes to all of it. */
const grower = command(`(local i32 i32) (local.set 1 (i32.const 1023))
  (loop
    (if (i32.ne (local.tee 0 (memory.grow (local.get 1))) (i32.const -1)) (then
      (memory.fill (i32.shl (local.get 0) (i32.const 16)) (i32.const 1) (i32.shl (local.get 1) (i32.const 16)))
      (local.set 1 (i32.const 1024))
      (br 1))))`);

test.skipIf(process.platform !== 'linux').each([
  [1, 1, 'nothing'],
  [64, 6, 'units in a row'],
  [512, 2, 'units in a row'],
])(
  'with %i MiB for the module, its process stays below that and the constant (%i: %s)',
  async (mib, units) => {
    const executor = createExecutor();
    try {
      for (let unit = 0; unit < units; unit++) {
        const request = { ...REQUEST, module: grower, unit, memoryLimit: mib * MIB, gasLimit: 10n ** 11n };
        expect((await executor.run(request)).status).toBe('OK');
      }
      const [child] = descendants(process.pid).filter(({ command }) => command.includes('node/child.js'));
      const peak = memoryOf(child?.pid ?? 0, 'VmHWM');
      const figures = `${units} x ${mib} MiB: the process had ${Math.round(peak / MIB)} MiB at most`;
      if (process.env.DMCN_TEST_FIGURES) process.stdout.write(`${figures}\n`);
      expect(peak, figures).toBeLessThan(mib * MIB + CONSTANT);
      if (mib > 1) expect(peak, figures).toBeGreaterThan(mib * MIB);
    } finally {
      await executor.close();
    }
  },
);
