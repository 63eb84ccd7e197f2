import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../profile/limits.js';
import type { UnitResult } from '../run/unit.js';
import { runBytes } from '../testing/run-bytes.js';
import { command, wat, write } from '../testing/wat.js';
import { WASI_CALLS, wasiResults } from './calls.js';

const TYPES: Record<string, string> = { i: 'i32', I: 'i64' };

/** A command that makes calls, each `[name, ...arguments]`, and writes `bytes` bytes of memory from 1024 to stdout. */
function calls(list: [name: string, ...parameters: number[]][], bytes = 0): Uint8Array {
  const names = new Set([...list.map(([name]) => name), 'fd_write']);
  const imports = [...names].map((name) => {
    const params = Array.from(WASI_CALLS[name]?.params ?? '', (letter) => `(param ${TYPES[letter]})`);
    const result = wasiResults(name) === '' ? '' : '(result i32)';
    return `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${params.join(' ')} ${result}))`;
  });
  const body = list.map(([name, ...parameters], i) => {
    const letters = WASI_CALLS[name]?.params ?? '';
    const operands = parameters.map((value, at) => `(${TYPES[letters[at] ?? 'i']}.const ${value})`);
    const call = `(call $${name} ${operands.join(' ')})`;
    return wasiResults(name) === '' ? call : `(i32.store16 (i32.const ${2 * i + 1024}) ${call})`;
  });
  return wat(`(module ${imports.join(' ')} (memory (export "memory") 1)
    (func (export "_start") ${body.join(' ')} ${write(1024, bytes)}))`);
}

/** The error numbers that calls give. */
async function errnos(list: [name: string, ...parameters: number[]][]): Promise<number[]> {
  const { output, status } = await runBytes(calls(list, 2 * list.length));
  expect(status).toBe('OK');
  return Array.from(new Uint16Array(output.slice().buffer));
}

/** What calls leave in memory from 2048 on. */
async function memoryAfter(
  list: [name: string, ...parameters: number[]][],
  bytes: number,
  args: string[] = [],
): Promise<DataView> {
  const parameters = list.map(([name, ...rest]): [string, ...number[]] => [name, ...rest]);
  const { output } = await runBytes(calls(parameters, 1024 + bytes), { args });
  return new DataView(output.slice(1024).buffer);
}

describe('error numbers', () => {
  const fixed = Object.entries(WASI_CALLS).filter(([, { answer }]) => answer !== 'served');

  test.each(fixed)('of %s', async (name, { params, answer, pipe }) => {
    const zeros = Array.from(params, () => 0);
    expect(await errnos([[name, ...zeros]])).toEqual([answer]);
    if (pipe) expect(await errnos([[name, 3, ...zeros.slice(1)]])).toEqual([8]);
  });

  test('a stream that is closed is gone', async () => {
    expect(
      await errnos([
        ['fd_close', 2],
        ['fd_close', 2],
        ['fd_fdstat_get', 2, 0],
        ['fd_tell', 2, 0],
      ]),
    ).toEqual([0, 8, 8, 8]);
  });

  test('streams go one way', async () => {
    expect(
      await errnos([
        ['fd_write', 0, 0, 0, 0],
        ['fd_read', 1, 0, 0, 0],
        ['fd_read', 3, 0, 0, 0],
      ]),
    ).toEqual([8, 8, 8]);
  });

  test('a call takes up to 1,024 vectors', async () => {
    for (const [name, fd] of [
      ['fd_read', 0],
      ['fd_write', 1],
    ] as const) {
      const count = LIMITS.ioVectors;
      expect(await errnos([[name, fd, 4096, count, 0]])).toEqual([0]);
      expect(await errnos([[name, fd, 4096, count + 1, 0]])).toEqual([28]);
      expect(await errnos([[name, fd, 4096, -1, 0]])).toEqual([28]);
    }
  });

  test('there are four clocks', async () => {
    expect(
      await errnos([
        ['clock_time_get', 3, 0, 0],
        ['clock_time_get', 4, 0, 0],
        ['clock_res_get', 4, 0],
      ]),
    ).toEqual([0, 28, 28]);
  });
});

describe('answers', () => {
  test('arguments: task, then those of the job', async () => {
    const args = ['--größe', ''];
    const view = await memoryAfter(
      [
        ['args_sizes_get', 2048, 2052],
        ['args_get', 2056, 2080],
      ],
      64,
      args,
    );
    expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([3, 5 + 10 + 1]);
    expect([8, 12, 16].map((at) => view.getUint32(at, true))).toEqual([2080, 2085, 2095]);
    expect(new TextDecoder().decode(view.buffer.slice(32, 32 + 16))).toBe('task\0--größe\0\0');
  });

  test('an empty environment', async () => {
    const view = await memoryAfter(
      [
        ['environ_sizes_get', 2048, 2052],
        ['environ_get', 2056, 2060],
      ],
      8,
    );
    expect(view.getBigUint64(0)).toBe(0n);
  });

  test('one clock that goes 1 ms on at each look', async () => {
    const view = await memoryAfter(
      [
        ['clock_time_get', 0, 0, 2048],
        ['clock_time_get', 1, 0, 2056],
        ['clock_time_get', 0, 0, 2064],
        ['clock_res_get', 1, 2072],
      ],
      32,
    );
    expect([0, 8, 16, 24].map((at) => view.getBigUint64(at, true))).toEqual([
      0n,
      1_000_000n,
      2_000_000n,
      1_000_000n,
    ]);
  });

  test('pipes: of unknown type, to be read or written', async () => {
    const view = await memoryAfter(
      [
        ['fd_fdstat_get', 0, 2048],
        ['fd_fdstat_get', 1, 2072],
        ['fd_filestat_get', 0, 2096],
      ],
      112,
    );
    expect([0, 8, 24, 32].map((at) => view.getBigUint64(at, true))).toEqual([0n, 2n, 0n, 64n]);
    expect(new Uint8Array(view.buffer, 48, 64).every((byte) => byte === 0)).toBe(true);
  });

  test('random_get is one stream of bytes for a module, an input and a unit', async () => {
    const bytes = command(`(drop (call $random_get (i32.const 100) (i32.const 5)))
      (drop (call $random_get (i32.const 105) (i32.const 65))) ${write(100, 70)}`);
    const input = utf8ToBytes('some input');
    const { output } = await runBytes(bytes, { input, unit: 0x01020304 });
    const seed = sha256(
      concatBytes(utf8ToBytes('dmcn/rand/1'), sha256(bytes), sha256(input), Uint8Array.of(1, 2, 3, 4)),
    );
    const blocks = [0, 1, 2].map((j) => sha256(concatBytes(seed, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, j))));
    expect(output).toEqual(concatBytes(...blocks).slice(0, 70));
    expect((await runBytes(bytes, { input, unit: 7 })).output).not.toEqual(output);
  });
});

describe('streams', () => {
  /** Reads into two vectors of 3 and 4 bytes and writes how many bytes came, then both. */
  const scatter = `(i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 3))
    (i32.store (i32.const 8) (i32.const 103)) (i32.store (i32.const 12) (i32.const 4))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 96))) ${write(96, 11)}`;

  test('stdin is the input, then its end', async () => {
    const { output } = await runBytes(command(scatter + scatter), { input: utf8ToBytes('abcdefghi') });
    expect(output).toEqual(
      concatBytes(
        Uint8Array.of(7, 0, 0, 0),
        utf8ToBytes('abcdefg'),
        Uint8Array.of(2, 0, 0, 0),
        utf8ToBytes('hicdefg'),
      ),
    );
    const { output: empty } = await runBytes(command(scatter));
    expect(empty).toEqual(new Uint8Array(11));
  });

  test('stderr goes nowhere, or to who asks', async () => {
    const bytes = command(write(16, 3, 2), '(data (i32.const 16) "err")');
    const heard: Uint8Array[] = [];
    const result: UnitResult = await runBytes(bytes, {}, { onStderr: (part) => heard.push(part) });
    expect(heard).toEqual([utf8ToBytes('err')]);
    expect(await runBytes(bytes)).toEqual(result);
    expect(result.output.length).toBe(0);
  });

  test.each([
    ['vectors', '(drop (call $fd_write (i32.const 1) (i32.const 65532) (i32.const 1) (i32.const 0)))'],
    [
      'the last vector',
      '(drop (call $fd_write (i32.const 1) (i32.const 65000) (i32.const 1024) (i32.const 0)))',
    ],
    ['a buffer', write(65_535, 2)],
    ['the result', '(drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 65533)))'],
    [
      'the result of a read',
      '(drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1)))',
    ],
    ['random bytes', '(drop (call $random_get (i32.const 65536) (i32.const 1)))'],
  ])('a bad pointer to %s is a trap that writes nothing', async (_, body) => {
    expect(await runBytes(command(body))).toMatchObject({ status: 'TRAP', output: new Uint8Array() });
  });
});
