import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { takeLock } from './lock.js';

const unique = () => `lock ${process.pid} ${Math.random()}`;

describe('takeLock', () => {
  test('one at a time, again after its release, and each name by itself', async () => {
    const name = unique();
    const lock = await takeLock(name);
    expect(lock).toBeDefined();
    expect(await takeLock(name)).toBeUndefined();
    expect(await takeLock(unique())).toBeDefined();
    await lock?.release();
    expect(await takeLock(name)).toBeDefined();
  });

  test('a process that is killed with -9 holds nothing any more', async () => {
    const name = unique();
    const module = fileURLToPath(new URL('../dist/lock.js', import.meta.url));
    const script = `import { takeLock } from ${JSON.stringify(module)};
      await takeLock(${JSON.stringify(name)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(child.stdout, 'data');
    expect(await takeLock(name)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await takeLock(name)).toBeDefined();
  });
});
