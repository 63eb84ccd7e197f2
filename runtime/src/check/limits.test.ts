import { describe, expect, test } from 'vitest';
import { LIMITS } from '../profile/limits.js';
import { binary } from '../testing/binary.js';
import { command, wat } from '../testing/wat.js';
import { ByteWriter } from '../wasm/byte-writer.js';
import { check } from './check.js';

const [NOP, BLOCK, EMPTY, END] = [0x01, 0x02, 0x40, 0x0b];
const nested = (depth: number): number[] => [...blockStarts(depth), ...Array<number>(depth).fill(END)];
const blockStarts = (count: number): number[] => Array.from({ length: count }, () => [BLOCK, EMPTY]).flat();
const blocks = (count: number): number[] => Array.from({ length: count }, () => [BLOCK, EMPTY, END]).flat();

const elements = (count: number): string => '(elem (i32.const 0) $start)'.repeat(count);
const types = (count: number): string =>
  Array.from({ length: count }, (_, i) => `(type (func ${distinctParams(i)}))`).join(' ');

const modules: [limit: keyof typeof LIMITS, build: (count: number) => Uint8Array][] = [
  ['moduleBytes', (count) => padded(command(''), count)],
  ['functions', (count) => command('', '(func)'.repeat(count - 1))],
  ['functionBytes', (count) => binary(Array<number>(count - 2).fill(NOP))],
  ['locals', (count) => command('', `(func (param i64 i64) (local ${'i32 '.repeat(count - 2)}))`)],
  ['results', (count) => command('', `(func (result ${'i32 '.repeat(count)}) unreachable)`)],
  ['branchTableTargets', (count) => command(`(block (br_table ${'0 '.repeat(count + 1)} (i32.const 0)))`)],
  ['nesting', (count) => binary(nested(count))],
  ['functionBlocks', (count) => binary(blocks(count))],
  ['blocks', (count) => binary(...split(count, 7).map(blocks))],
  ['types', (count) => command('', types(count - 4))],
  ['imports', (count) => withImports(count)],
  ['globals', (count) => command('', '(global i32 (i32.const 0))'.repeat(count))],
  ['tableEntries', (count) => command('', `(table ${count} funcref)`)],
  ['dataSegments', (count) => command('', '(data (i32.const 0) "")'.repeat(count))],
  ['elementSegments', (count) => command('', `(table 1 funcref) ${elements(count)}`)],
  ['memoryPages', (count) => command('', '', String(count))],
];

describe('limits', () => {
  test.each(modules)('%s', (limit, build) => {
    expect(check(build(LIMITS[limit]))).toEqual([]);
    expect(check(build(LIMITS[limit] + 1)).map(({ rule }) => rule)).toContain('limit');
  });
});

/** `parts` integers that add up to `count`. */
function split(count: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor((count + i) / parts));
}

/** Parameters that no other `i` and none of the imports have. */
function distinctParams(i: number): string {
  const digits = Array.from(i.toString(4), (digit) => ['i32', 'i64', 'f32', 'f64'][Number(digit)]);
  return `(param f32 ${digits.join(' ')})`;
}

function withImports(count: number): Uint8Array {
  const entry = '(import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))';
  return wat(`(module ${entry.repeat(count)} (memory (export "memory") 1) (func (export "_start")))`);
}

/** Appends a custom section (id, 3 bytes of size, empty name) so that the module has `bytes` bytes. */
function padded(module: Uint8Array, bytes: number): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(module);
  writer.u8(0);
  writer.sized(new Uint8Array(bytes - module.length - 4));
  return writer.view().slice();
}
