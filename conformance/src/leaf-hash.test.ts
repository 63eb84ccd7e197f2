import {
  BULB_PICTURE,
  bulbInputs,
  digitsInputs,
  languagesInputs,
  type ModuleName,
  moduleBytes,
} from '@dmcn/modules';
import { bytesToHex, leafPreimage, outputHash } from '@dmcn/protocol';
import { STATUS_CODES, type Status, type UnitRequest } from '@dmcn/runtime';
import { createExecutor, type Executor } from '@dmcn/runtime/node';
import { ExecutorPage, noChromium } from '@dmcn/runtime/testing/page-executor';
import { sha256 } from '@noble/hashes/sha2.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command } from './corpus/edge/wat.js';

const JOB = 7n;
const request: UnitRequest = {
  input: new Uint8Array([1, 2, 3]),
  unit: 5,
  args: ['--threshold=0.5'],
  gasLimit: 300_000_000n,
  memoryLimit: 64 << 20,
};

/** An input for each example module. */
const inputs: readonly (readonly [ModuleName, Uint8Array | undefined])[] = [
  ['digits', digitsInputs({ units: 1, imagesPerUnit: 32 })[0]?.bytes],
  ['languages', languagesInputs({ units: 1, linesPerUnit: 40 })[0]?.bytes],
  ['bulb', bulbInputs(BULB_PICTURE)[77]?.bytes],
];

/** A module for each status: what its `_start` does. */
const endings: Readonly<Record<Status, string>> = {
  OK: '',
  EXIT: '(call $proc_exit (i32.const 3))',
  TRAP: 'unreachable',
  OUT_OF_GAS: '(loop (br 0))',
  STACK_OVERFLOW: '(call $deeper)',
  OUTPUT_LIMIT: `(i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 60000))
    (loop (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) (br 0))`,
  INVALID_MODULE: '(drop (i32.const 0))',
};

if (noChromium) process.stderr.write(`SKIPPED: leaf hashes in a browser: ${noChromium}\n`);

describe.skipIf(noChromium !== undefined)('a unit has the same leaf in Node and in Chromium', () => {
  let page: ExecutorPage;
  let places: readonly Executor[];
  beforeAll(async () => {
    page = await ExecutorPage.open();
    places = [
      createExecutor(),
      await page.createExecutor(),
      await page.createExecutor({ sandboxedScript: '/worker.js' }),
    ];
  });
  afterAll(async () => {
    await Promise.all(places.map((executor) => executor.close()));
    await page.close();
  });

  test.each(inputs)('of the module %s', async (name, input) => {
    const module = await moduleBytes(name);
    const leaves = await leavesOf(module, {
      ...request,
      args: [],
      gasLimit: 2_000_000_000n,
      input: input ?? new Uint8Array(),
    });
    expect(leaves.every((leaf) => leaf === leaves[0] && leaf.startsWith('OK '))).toBe(true);
  });

  test.each(Object.entries(endings))('that ends with %s', async (status, body) => {
    const module = command({
      body,
      definitions: '(func $deeper (call $deeper))',
      ...(status === 'INVALID_MODULE' && { imports: '(import "env" "time" (func))' }),
    });
    const [first, ...others] = await leavesOf(module, request);
    expect(first).toMatch(new RegExp(`^${status} [0-9a-f]{64}$`));
    expect(others).toEqual([first, first]);
  });

  test('whatever the statuses are', () => {
    expect(Object.keys(endings)).toEqual(Object.keys(STATUS_CODES));
  });

  /** Status and hash of the leaf that each place gives. */
  function leavesOf(module: Uint8Array, of: UnitRequest): Promise<string[]> {
    return Promise.all(
      places.map(async (executor) => {
        const { status, exitCode, gas, output } = await executor.run({ module, ...of });
        const leaf = { status, exitCode, gas, outputHash: outputHash(output) };
        return `${status} ${bytesToHex(sha256(leafPreimage(JOB, of.unit, leaf)))}`;
      }),
    );
  }
});
