import { UnitAbandonedError } from '@dmcn/runtime';
import { createExecutor, type Executor } from '@dmcn/runtime/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { command, write } from './edge/wat.js';
import { DEFAULTS } from './program.js';

const WALL_MS = 1_000;
const ENDLESS = 2n ** 61n;
const PAGES_OF_64_MIB = 1_024;

let executor: Executor;
beforeEach(() => {
  executor = createExecutor({ wallLimitMs: WALL_MS });
});
afterEach(async () => {
  // Whatever the module did, the next one runs as if nothing had been.
  const after = await executor.run({
    ...DEFAULTS,
    module: command({ body: write(64, 2), definitions: '(data (i32.const 64) "ok")' }),
  });
  expect([after.status, Buffer.from(after.output).toString()]).toEqual(['OK', 'ok']);
  await executor.close();
});

test('a module that exhausts its memory is told so by memory.grow, and ends', async () => {
  const module = command({
    memory: '1',
    body: `(loop (br_if 0 (i32.ne (memory.grow (i32.const 64)) (i32.const -1))))
      (memory.fill (i32.const 0) (i32.const 1) (i32.mul (memory.size) (i32.const 65536)))
      (i32.store (i32.const 64) (memory.size)) ${write(64, 4)}`,
  });
  const { status, output } = await executor.run({ ...DEFAULTS, module });
  expect(status).toBe('OK');
  const pages = new DataView(output.buffer, output.byteOffset).getUint32(0, true);
  expect(pages).toBeGreaterThan(PAGES_OF_64_MIB - 64);
  expect(pages).toBeLessThanOrEqual(PAGES_OF_64_MIB);
});

test('a module that never returns runs out of gas, or of the time that the host gives it', async () => {
  const module = command({ body: '(loop (br 0))' });
  expect(await executor.run({ ...DEFAULTS, module, gasLimit: 1_000_000n })).toMatchObject({
    status: 'OUT_OF_GAS',
    gas: 1_000_000n,
  });
  const endless = executor.run({ ...DEFAULTS, module, gasLimit: ENDLESS });
  await expect(endless).rejects.toThrow(UnitAbandonedError);
  await expect(endless).rejects.toMatchObject({ reason: 'timeout' });
});

test('a module that floods its output is stopped at the limit', async () => {
  const flood = (descriptor: number) => command({ body: `(loop ${write(0, 65_536, descriptor)} (br 0))` });
  expect(await executor.run({ ...DEFAULTS, module: flood(1) })).toMatchObject({ status: 'OUTPUT_LIMIT' });
  expect(await executor.run({ ...DEFAULTS, module: flood(2), gasLimit: 10_000_000n })).toMatchObject({
    status: 'OUT_OF_GAS',
  });
});

test('bytes that are no module, forty times over', async () => {
  const valid = command({ body: write(64, 2) });
  for (let i = 0; i < 40; i++) {
    const length = (i * 11) % valid.length;
    const module =
      i % 2 === 0
        ? valid.slice(0, length)
        : valid.map((byte, at) => (at === length ? byte ^ (1 + (i % 255)) : byte));
    const { status } = await executor.run({ ...DEFAULTS, module, gasLimit: 1_000_000n });
    if (i % 2 === 0) expect(status).toBe('INVALID_MODULE');
  }
});
