import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descendants } from '../testing/processes.js';
import { REQUEST } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import { createExecutor } from './executor.js';

/** The nice values of all threads of a process. */
const nicenessOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });

test.skipIf(process.platform !== 'linux')(
  'units stand back with all their threads, as far as asked for',
  async () => {
    const executor = createExecutor({ niceness: 15 });
    try {
      await executor.run({ ...REQUEST, module: command('') });
      const [child] = descendants(process.pid).filter(({ command }) => command.includes('node/child.js'));
      const nice = nicenessOf(child?.pid ?? 0);
      expect(nice.length).toBeGreaterThan(1);
      expect(new Set(nice)).toEqual(new Set([15]));
    } finally {
      await executor.close();
    }
  },
);

test.each([-1, 20, 1.5, Number.NaN])('a niceness of %d is refused', (niceness) => {
  expect(() => createExecutor({ niceness })).toThrow(RangeError);
});
