import { describe, expect, test } from 'vitest';
import { LIMITS } from '../profile/limits.js';
import { STACK_WORDS } from '../profile/stack.js';
import { binary, binaryModule, I32, repeat } from '../testing/binary.js';
import { runBytes } from '../testing/run-bytes.js';
import { command, wat, write } from '../testing/wat.js';
import { ByteWriter } from '../wasm/byte-writer.js';
import { check } from './check.js';

const [NOP, BLOCK, EMPTY, END, CALL, DROP, ZERO, BR_IF] = [0x01, 0x02, 0x40, 0x0b, 0x10, 0x1a, 0x41, 0x0d];
const nested = (depth: number): number[] => [...blockStarts(depth), ...Array<number>(depth).fill(END)];
const blockStarts = (count: number): number[] => Array.from({ length: count }, () => [BLOCK, EMPTY]).flat();
const blocks = (count: number): number[] => Array.from({ length: count }, () => [BLOCK, EMPTY, END]).flat();

const branches = (count: number): number[] => [...repeat(count, ZERO, 0, BR_IF, 0)];

const elements = (count: number): string => '(elem (i32.const 0) $start)'.repeat(count);
const exports = (count: number): string =>
  Array.from({ length: count }, (_, i) => `(export "${i}" (func $start))`).join(' ');
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
  ['functionBranches', (count) => binary(branches(count))],
  ['branches', (count) => binary(...split(count, 9).map(branches))],
  ['operands', (count) => binary([...repeat(count, ZERO, 0), ...repeat(count, DROP)])],
  ['liveValues', (count) => withLiveValues(count)],
  ['types', (count) => command('', types(count - 4))],
  ['imports', (count) => withImports(count)],
  ['globals', (count) => command('', '(global i32 (i32.const 0))'.repeat(count))],
  ['exports', (count) => command('', exports(count - 2))],
  ['tableEntries', (count) => command('', `(table ${count} funcref)`)],
  ['dataSegments', (count) => command('', '(data (i32.const 0) "")'.repeat(count))],
  ['elementSegments', (count) => command('', `(table 1 funcref) ${elements(count)}`)],
  ['memoryPages', (count) => command('', '', String(count))],
];

/** Runs a unit that has so much of something, and gives how it ended. */
const units: [limit: keyof typeof LIMITS, run: (count: number) => Promise<string>][] = [
  ['inputBytes', (count) => ended(command(''), { input: new Uint8Array(count) })],
  ['argumentBytes', (count) => ended(command(''), { args: ['x'.repeat(count - 1)] })],
  ['outputBytes', (count) => ended(command(write(0, count), '', '10'))],
  ['ioVectors', (count) => ended(command(writeNothing(count)))],
  ['stackWords', (count) => ended(withFrames(count))],
];

describe('limits', () => {
  test.each(modules)('%s', (limit, build) => {
    expect(check(build(LIMITS[limit]))).toEqual([]);
    expect(check(build(LIMITS[limit] + 1)).map(({ rule }) => rule)).toContain('limit');
  });

  test.each(units)('%s', async (limit, run) => {
    expect(await run(LIMITS[limit])).toBe('OK');
    expect(await run(LIMITS[limit] + 1)).not.toBe('OK');
  });

  test('each has a test', () => {
    expect([...modules, ...units].map(([limit]) => limit).sort()).toEqual(Object.keys(LIMITS).sort());
  });
});

async function ended(...unit: Parameters<typeof runBytes>): Promise<string> {
  const end = await runBytes(...unit).catch((error: Error) => ({ status: error.name }));
  return end.status;
}

/** Writes so many empty buffers, and exits with the error number. */
function writeNothing(vectors: number): string {
  return `(call $proc_exit (call $fd_write (i32.const 1) (i32.const 64) (i32.const ${vectors}) (i32.const 0)))`;
}

/** Functions that call each other, each with its frame's words: one word more where a whole number of locals does not fit. */
function withFrames(words: number): Uint8Array {
  const { frame, local } = STACK_WORDS;
  const largest = frame / local + LIMITS.locals;
  const halves = Math.ceil(words / local);
  const frames = split(halves, Math.ceil(halves / largest));
  return binaryModule({
    functions: frames.map((half, i) => ({
      locals: [[half - frame / local, I32]],
      code: i < frames.length - 1 ? [CALL, i + 1] : [],
    })),
  });
}

/** Blocks in functions with as many locals as there can be, and in one with a single local. */
function withLiveValues(count: number): Uint8Array {
  const full = split(Math.floor(count / LIMITS.locals), 2).map((n) => ({ locals: LIMITS.locals, blocks: n }));
  return binaryModule({
    functions: [...full, { locals: 1, blocks: count % LIMITS.locals }].map(({ locals, blocks: n }) => ({
      locals: [[locals, I32]],
      code: blocks(n),
    })),
  });
}

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
