import { PAGE_BYTES, WASI_CALLS, wasiResults } from '@dmcn/runtime';
import type { Program } from '../program.js';
import { type Observation, observations, type Variant, variants } from './variants.js';
import { put, repeat, write } from './wat.js';

const PAGES = 8;
const END = PAGES * PAGE_BYTES;
const TYPES: Readonly<Record<string, string>> = { i: 'i32', I: 'i64' };
const INPUT = new TextEncoder().encode('The input of a unit, longer than any buffer here.');

/** A call with parameters that are fine: pointers around 1024, where two vectors lie at 1024. */
const GOOD: Readonly<Record<string, readonly number[]>> = {
  args_get: [1_100, 1_140],
  args_sizes_get: [1_100, 1_104],
  environ_get: [1_100, 1_140],
  environ_sizes_get: [1_100, 1_104],
  clock_res_get: [0, 1_100],
  clock_time_get: [0, 0, 1_100],
  fd_close: [2],
  fd_fdstat_get: [1, 1_100],
  fd_filestat_get: [1, 1_100],
  fd_read: [0, 1_024, 2, 1_100],
  fd_write: [1, 1_024, 2, 1_100],
  random_get: [1_100, 50],
};

/** Descriptors, counts and pointers: small, at the end of memory, beyond it, huge, negative. */
const STRANGE = [
  0,
  1,
  2,
  3,
  4,
  1_023,
  1_025,
  END - 64,
  END - 24,
  END - 8,
  END - 4,
  END - 3,
  END - 1,
  END,
  END + 1,
].concat([0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff]);

const CLOSED = [0, 1, 2];

/** Every call of preview1 with good and bad parameters. */
export function* wasiPrograms(): Generator<Program> {
  const around = { memory: String(PAGES), imports: imports() };
  const fixed = Object.keys(WASI_CALLS).filter((name) => WASI_CALLS[name]?.answer !== 'served');
  yield observations('edge/wasi/fixed-answers', [...fixedAnswers(fixed)], around);
  yield withArguments(variants('edge/wasi/parameters', [...parameters()], around));
  yield withArguments(variants('edge/wasi/vectors', [...vectors()], around));
}

/** All calls under names of their own: `$wasi_fd_read`. */
function imports(): string {
  const each = Object.entries(WASI_CALLS).map(([name, { params }]) => {
    const types = Array.from(params, (letter) => `(param ${TYPES[letter]})`).join(' ');
    const result = wasiResults(name) === '' ? '' : '(result i32)';
    return `(import "wasi_snapshot_preview1" "${name}" (func $wasi_${name} ${types} ${result}))`;
  });
  return each.join(' ');
}

function withArguments(program: Program): Program {
  const runs = program.runs.map((run) => ({
    ...run,
    input: Uint8Array.of(...(run.input ?? []), ...INPUT),
    args: ['--größe', '', 'x'.repeat(20)],
    unit: 3,
  }));
  return { ...program, runs };
}

function call(name: string, parameters: readonly number[]): string {
  const letters = WASI_CALLS[name]?.params ?? '';
  const operands = parameters.map((value, i) => `(${TYPES[letters[i] ?? 'i']}.const ${value})`);
  return `(call $wasi_${name} ${operands.join(' ')})`;
}

function* fixedAnswers(names: readonly string[]): Generator<Observation> {
  for (const name of names) {
    const count = WASI_CALLS[name]?.params.length ?? 0;
    for (const value of [0, 1, 2, 3, 0x7fffffff, 0xffffffff])
      yield {
        type: 'i32',
        value: call(
          name,
          Array.from({ length: count }, () => value),
        ),
      };
  }
  for (const name of names) {
    const zeros = Array.from(WASI_CALLS[name]?.params.slice(1) ?? '', () => 0);
    const before = name === names[0] ? `(drop ${call('fd_close', [2])})` : '';
    if (WASI_CALLS[name]?.pipe) yield { type: 'i32', before, value: call(name, [2, ...zeros]) };
  }
}

/** Two vectors, of 10 and 5 bytes, with text in them, and something at the end of memory. */
const PREPARED = `(i64.store (i32.const 1024) (i64.const ${vector(1_040, 10)})) (i64.store (i32.const 1032) (i64.const ${vector(1_056, 5)}))
  (i64.store (i32.const 1040) (i64.const 0x6867666564636261)) (i32.store (i32.const 1056) (i32.const 0x64636261))
  (i64.store (i32.const ${END - 8}) (i64.const 0x6867666564636261))`;

const SHOW = `${write(1_000, 300)} ${write(END - 72, 72)}`;

function vector(pointer: number, length: number): bigint {
  return (BigInt(length) << 32n) | BigInt(pointer >>> 0);
}

function* parameters(): Generator<Variant> {
  for (const [name, good] of Object.entries(GOOD)) {
    yield { name, body: `${PREPARED} ${put('i32', call(name, good))} ${SHOW}` };
    for (const [position] of good.entries()) {
      for (const strange of STRANGE) {
        const changed = good.map((value, i) => (i === position ? strange : value));
        yield {
          name: `${name}-${position}-${strange}`,
          body: `${PREPARED} ${put('i32', call(name, changed))} ${SHOW}`,
          gasLimit: 10_000_000n,
        };
      }
    }
  }
}

function* vectors(): Generator<Variant> {
  const store = (at: number, pointer: number, length: number) =>
    `(i64.store (i32.const ${at}) (i64.const ${vector(pointer, length)}))`;
  const both = (name: string, prepare: string, parameters: number[], after = ''): Variant[] =>
    (['fd_read', 'fd_write'] as const).map((which, fd) => ({
      locals: '(local $i i32)',
      name: `${which}-${name}`,
      body: `${PREPARED} ${prepare} ${put('i32', call(which, [fd, ...parameters]))} ${after} ${SHOW}`,
      gasLimit: 10_000_000n,
    }));
  yield* both('vectors-that-overlap', store(1_032, 1_044, 8), [1_024, 2, 1_100]);
  yield* both('a-vector-over-itself', store(1_024, 1_020, 16), [1_024, 2, 1_100]);
  yield* both('the-count-over-the-vectors', '', [1_024, 2, 1_028]);
  yield* both('the-count-in-the-buffer', '', [1_024, 2, 1_042]);
  yield* both('empty-vectors', store(1_024, 1_040, 0), [1_024, 2, 1_100]);
  yield* both('an-empty-vector-at-the-end', store(1_024, END, 0), [1_024, 1, 1_100]);
  yield* both('an-empty-vector-beyond-the-end', store(1_024, END + 1, 0), [1_024, 1, 1_100]);
  yield* both('a-vector-up-to-the-end', store(1_024, END - 6, 6), [1_024, 2, 1_100]);
  yield* both('a-vector-past-the-end', store(1_032, END - 6, 7), [1_024, 2, 1_100]);
  yield* both('a-length-that-wraps', store(1_024, 1_040, 0xffffffff), [1_024, 1, 1_100]);
  yield* both(
    'lengths-whose-sum-wraps',
    store(1_024, 8, 0x7ffffff8) + store(1_032, 16, 0x80000008),
    [1_024, 2, 1_100],
  );
  yield* both('vectors-at-the-end-of-memory', store(END - 8, 1_040, 4), [END - 8, 1, 1_100]);
  yield* both('vectors-past-the-end-of-memory', store(END - 8, 1_040, 4), [END - 8, 2, 1_100]);
  yield* both('as-many-vectors-as-there-may-be', many(1_024), [4_096, 1_024, 1_100]);
  yield* both('one-vector-too-many', many(1_025), [4_096, 1_025, 1_100]);
  yield* both('and-then-a-read', '', [1_024, 2, 1_100], put('i32', call('fd_read', [0, 1_024, 2, 1_104])));
  for (const fd of CLOSED) {
    const close = put('i32', call('fd_close', [fd]));
    yield { name: `closed-${fd}`, body: `${PREPARED} ${close} ${close} ${everything(fd)} ${SHOW}` };
  }
  yield {
    name: 'random-bytes-are-one-stream',
    body: `${repeat(40, (i) => `(drop ${call('random_get', [2_000 + i * i, i])})`)} ${write(2_000, 1_600)}`,
  };
  yield {
    name: 'all-clocks-are-one',
    body: repeat(
      8,
      (i) =>
        `${put('i32', call('clock_time_get', [i % 5, i, 1_100]))} ${put('i64', '(i64.load (i32.const 1100))')}`,
    ),
  };
}

function many(count: number): string {
  return `(local.set $i (i32.const ${count})) (loop (local.set $i (i32.sub (local.get $i) (i32.const 1)))
    (i64.store (i32.add (i32.const 4096) (i32.shl (local.get $i) (i32.const 3))) (i64.const ${vector(1_040, 1)}))
    (br_if 0 (local.get $i)))`;
}

/** What a descriptor answers to everything that takes one. */
function everything(fd: number): string {
  const calls = ['fd_fdstat_get', 'fd_filestat_get', 'fd_read', 'fd_write', 'fd_seek', 'fd_tell', 'fd_sync'];
  return calls
    .map((name) => {
      const [, ...rest] = GOOD[name] ?? Array.from(WASI_CALLS[name]?.params ?? '', () => 0);
      return put('i32', call(name, [fd, ...rest]));
    })
    .join(' ');
}
