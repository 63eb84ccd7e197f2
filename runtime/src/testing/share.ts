import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { crowdedFor, Session } from './session.js';

/** What a throttled program runs: one long unit; the same module again and again; another module, and so another process, each time. */
export const loads = {
  'one long unit': `await executor.run({ ...REQUEST, module: command('(loop (br 0))'), gasLimit: 2n ** 61n });`,
  'many units of real programs': `
    for (let unit = 0; ; unit++) {
      await executor.run({ ...REQUEST, module: fixture(unit % 20 < 10 ? 'words' : 'floats'), unit, input: new Uint8Array(20_000).fill(32 + (unit % 3)) });
    }`,
  'a new module for each short unit': `
    for (let unit = 0; ; unit++) {
      await executor.run({ ...REQUEST, module: command('(i32.store (i32.const 0) (i32.const ' + unit + '))'), unit });
    }`,
} as const;

export type Load = keyof typeof loads;

const START_MS = 2_000;
const POINTS = 3;

/**
 * Measures from the outside how much of a core a program uses whose executor has a share, and expects that within three points. While other programs keep
 * every core busy, it may use less.
 */
export async function expectShare(percent: number, load: Load, seconds: number): Promise<void> {
  const session = Session.start(
    `const executor = createExecutor({ cpuShare: ${percent / 100} }); ${loads[load]}`,
  );
  try {
    await sleep(START_MS);
    const look = () => ({ at: performance.now(), used: session.used(), crowded: crowdedFor() ?? Number.NaN });
    const before = look();
    await sleep(seconds * 1_000);
    const after = look();
    const part = (of: 'used' | 'crowded') => (100 * (after[of] - before[of])) / (after.at - before.at);
    const figures = `${load}: ${part('used').toFixed(1)} of ${percent} %, cores short for ${part('crowded').toFixed(1)} %`;
    if (process.env.DMCN_TEST_FIGURES) process.stdout.write(`${figures}\n`);
    expect(part('used'), figures).toBeLessThan(percent + POINTS);
    const least = percent - POINTS - (part('crowded') || percent);
    expect(part('used'), figures).toBeGreaterThan(Math.max(0, least));
  } finally {
    session.end();
  }
}
