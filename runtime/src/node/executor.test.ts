import { afterEach, describe, expect, test } from 'vitest';
import type { Executor } from '../executor/executor.js';
import { UnitAbandonedError, UnitRequestError } from '../run/errors.js';
import { fixture } from '../testing/fixtures.js';
import { REQUEST, runBytes } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import { createExecutor, type ExecutorOptions } from './executor.js';

const open: Executor[] = [];

function executor(options?: ExecutorOptions): Executor {
  const created = createExecutor(options);
  open.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const endless = command('(loop (br 0))');
const forever = { ...REQUEST, gasLimit: 2n ** 61n };

describe('a unit in a process of its own', () => {
  test('gives what it gives in this one', async () => {
    const module = fixture('words');
    const units = [1, 2, 3].map((unit) => ({
      ...REQUEST,
      unit,
      input: new TextEncoder().encode('a b a '.repeat(unit)),
    }));
    const host = executor();
    const results = await Promise.all(units.map((unit) => host.run({ module, ...unit })));
    expect(results).toEqual(await Promise.all(units.map((unit) => runBytes(module, unit))));
  });

  test('of any module', async () => {
    const host = executor();
    expect(await host.run({ module: command('unreachable'), ...REQUEST })).toMatchObject({ status: 'TRAP' });
    expect(await host.run({ module: new Uint8Array(5), ...REQUEST })).toMatchObject({
      status: 'INVALID_MODULE',
    });
    expect(await host.run({ module: command(''), ...REQUEST })).toMatchObject({ status: 'OK' });
  });

  test('shows its stderr to who asks', async () => {
    const heard: string[] = [];
    const onStderr = (bytes: Uint8Array) => heard.push(new TextDecoder().decode(bytes));
    await executor().run({ module: fixture('words'), ...REQUEST, onStderr });
    expect(heard.join('')).toBe('0 words\n');
  });

  test('with 512 MiB of memory, several times', async () => {
    const module = command('(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x4000000))', '', '8192');
    const host = executor();
    for (let unit = 0; unit < 4; unit++) {
      expect(await host.run({ module, ...REQUEST, unit, memoryLimit: 2 ** 29 })).toMatchObject({
        status: 'OK',
      });
    }
  });
});

describe('a unit that is given up', () => {
  test('is killed within 100 ms of the abort, and the next one runs', async () => {
    const host = executor();
    await host.run({ module: endless, ...REQUEST, gasLimit: 1_000_000n });
    const controller = new AbortController();
    const running = host
      .run({ module: endless, ...forever, signal: controller.signal })
      .catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = performance.now();
    controller.abort();
    const error = await running;
    expect(performance.now() - before).toBeLessThan(100);
    expect(error).toBeInstanceOf(UnitAbandonedError);
    expect(error).toMatchObject({ reason: 'aborted', retryable: true });
    expect(await host.run({ module: command(''), ...REQUEST })).toMatchObject({ status: 'OK' });
  });

  test('before its turn', async () => {
    const host = executor({ wallLimitMs: 2_000 });
    const first = host.run({ module: endless, ...forever }).catch((error: unknown) => error);
    const signal = AbortSignal.timeout(50);
    await expect(host.run({ module: endless, ...REQUEST, signal })).rejects.toMatchObject({
      reason: 'aborted',
    });
    expect(await first).toMatchObject({ reason: 'timeout' });
  });

  test('after the wall-clock limit', async () => {
    const host = executor({ wallLimitMs: 1_500 });
    await expect(host.run({ module: endless, ...forever })).rejects.toMatchObject({ reason: 'timeout' });
    expect(await host.run({ module: command(''), ...REQUEST })).toMatchObject({ status: 'OK' });
  });

  test('by closing', async () => {
    const host = executor();
    const running = host.run({ module: endless, ...forever }).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await host.close();
    expect(await running).toBeInstanceOf(UnitAbandonedError);
    await expect(host.run({ module: endless, ...REQUEST })).rejects.toThrow('closed');
  });
});

test('a request past a limit is refused, and the process lives on', async () => {
  const host = executor();
  await expect(host.run({ module: endless, ...REQUEST, unit: -1 })).rejects.toBeInstanceOf(UnitRequestError);
  expect(await host.run({ module: command(''), ...REQUEST })).toMatchObject({ status: 'OK' });
});
