import { readFileSync } from 'node:fs';
import { LIMITS, PAGE_BYTES, WASI_CALLS, wasiResults } from '@dmcn/runtime';
import { command, wat, write } from '@dmcn/runtime/testing/wat';
import type { Case } from '../../../case.js';

const root = new URL('../../../../../', import.meta.url);
const TYPES: Record<string, string> = { i: 'i32', I: 'i64' };

/** A case with enough gas and 64 MiB, where nothing else is asked for. */
export function caseOf(name: string, module: Uint8Array, request: Partial<Case> = {}): Case {
  const defaults = { input: new Uint8Array(), args: [], unit: 0, gasLimit: 10n ** 9n, memoryLimit: 64 << 20 };
  return { name, module, ...defaults, ...request };
}

const file = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, root)));
const list = (count: number, item: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(' ');

/** Writes values of a type to stdout, 8 bytes each. */
function values(type: string, expressions: readonly string[], definitions = ''): Uint8Array {
  const stores = expressions.map((value, i) => `(${type}.store (i32.const ${1024 + 8 * i}) ${value})`);
  return command(`${stores.join('\n')} ${write(1024, 8 * expressions.length)}`, definitions);
}

const grow = (pages: number): string => `(memory.grow (i32.const ${pages}))`;

function endings(): Case[] {
  const endless = command('(loop (br 0))');
  const half = LIMITS.outputBytes / 2;
  const flood = (extra: number) => command(`${write(16, half)} ${write(16, half + extra)}`, '', '5');
  return [
    caseOf('returns', command('')),
    caseOf('proc_exit(0)', command('(call $proc_exit (i32.const 0))')),
    caseOf('proc_exit(-2)', command('(call $proc_exit (i32.const -2))')),
    caseOf('gas below the entry', endless, { gasLimit: 5n }),
    caseOf('endless', endless, { gasLimit: 1_000_001n }),
    caseOf('no gas for the bytes of a write', flood(0), { gasLimit: 500_000n }),
    caseOf('no gas for pages', command(`(drop ${grow(500)})`), { gasLimit: 1_000_000n }),
    caseOf('output up to the limit', flood(0)),
    caseOf('output past the limit', flood(1)),
    caseOf('refused by check', command('(atomic.fence)')),
    caseOf('memory above the limit', command('', '', '3'), { memoryLimit: 2 * PAGE_BYTES }),
    caseOf('a request of no job', command(''), { unit: -1 }),
  ];
}

function traps(): Case[] {
  const bodies = {
    unreachable: 'unreachable',
    'division by zero': '(drop (i32.div_s (i32.const 1) (i32.const 0)))',
    'remainder by zero': '(drop (i64.rem_u (i64.const 1) (i64.const 0)))',
    'division overflow': '(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))',
    'load out of bounds': '(drop (i32.load (i32.const 65533)))',
    'store out of bounds': '(i64.store (i32.const -1) (i64.const 0))',
    'offset out of bounds': '(drop (i32.load8_u offset=4294967295 (i32.const 4294967295)))',
    'fill out of bounds': '(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))',
    'copy out of bounds': '(memory.copy (i32.const 0) (i32.const 65000) (i32.const 1000))',
    'truncation of NaN': '(drop (i32.trunc_f64_s (f64.const nan)))',
    'truncation of infinity': '(drop (i64.trunc_f32_u (f32.const inf)))',
    'empty table entry': '(call_indirect (i32.const 0))',
    'behind the table': '(call_indirect (i32.const 3))',
    'wrong signature': '(call_indirect (param i32) (i32.const 5) (i32.const 1))',
    'bad vectors': '(drop (call $fd_write (i32.const 1) (i32.const -4) (i32.const 1) (i32.const 0)))',
    'a bad buffer': write(65_535, 2),
    'a bad result': '(drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 65533)))',
    'a bad target': '(drop (call $random_get (i32.const 65536) (i32.const 1)))',
  };
  const definitions = '(table 3 funcref) (elem (i32.const 1) $start) (data (i32.const 16) "hi")';
  return Object.entries(bodies).map(([name, body]) =>
    caseOf(name, command(`${write(16, 2)} ${body}`, definitions)),
  );
}

/** Recursion as deep as the input says, with values of a type alive in locals and operands across the call. */
export function recursion(type: string, locals: number, operands: number): Uint8Array {
  return command(
    `(i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 4))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))) (call $r (i32.load (i32.const 16)))`,
    `(global $g (mut ${type}) (${type}.const 0))
    (func $r (param $n i32) ${list(locals, (i) => `(local $l${i} ${type})`)}
      ${list(locals, (i) => `(local.set $l${i} (${type}.load (i32.const ${8 * i})))`)}
      ${list(operands, (i) => `(${type}.load (i32.const ${8 * i}))`)}
      (if (local.get $n) (then (call $r (i32.sub (local.get $n) (i32.const 1)))))
      ${list(operands, () => 'global.set $g')}
      ${list(locals, (i) => `(${type}.store (i32.const ${8 * i}) (local.get $l${i}))`)})`,
  );
}

/** The input that makes `recursion` so deep. */
export const depth = (calls: number): Uint8Array => new Uint8Array(Uint32Array.of(calls).buffer);

function stacks(): Case[] {
  const input = depth(2 ** 32 - 1);
  const table = '(table 1 funcref) (elem (i32.const 0) $start)';
  const host = '(func $r (drop (call $random_get (i32.const 0) (i32.const 64))) (call $r))';
  return [
    caseOf('no locals', recursion('i32', 0, 0), { input }),
    caseOf('many locals', recursion('i64', 480, 0), { input }),
    caseOf('locals and operands', recursion('f64', 400, 100), { input }),
    caseOf('through the table', command('(call_indirect (i32.const 0))', table)),
    caseOf('with calls of the host', command('(call $r)', host)),
  ];
}

function memories(): Case[] {
  const exit = (value: string): string => `(call $proc_exit ${value})`;
  const most = LIMITS.memoryPages;
  const last = most * PAGE_BYTES - 4;
  return [
    caseOf('to the limit', command(exit(grow(9))), { memoryLimit: 10 * PAGE_BYTES + 5 }),
    caseOf('past the limit', command(exit(grow(10))), { memoryLimit: 10 * PAGE_BYTES + 5 }),
    caseOf('by far too much', command(exit(grow(-1)))),
    caseOf('past its own maximum', command(exit(grow(2)), '', '1 2')),
    caseOf(
      'to the most of all',
      command(
        `(drop ${grow(most - 1)}) (i32.store (i32.const ${last}) (i32.const 7)) ${exit(`(i32.load (i32.const ${last}))`)}`,
      ),
      { memoryLimit: most * PAGE_BYTES },
    ),
    caseOf('is fresh', command(`${exit('(i32.load (i32.const 8))')}`)),
    caseOf(
      'keeps what lay there',
      command(
        `(i32.store (i32.const 8) (i32.const 7)) (drop ${grow(900)}) ${exit('(i32.load (i32.const 8))')}`,
      ),
    ),
  ];
}

function numbers(): Case[] {
  const floats = (type: string): string[] => {
    const zero = `(${type}.const 0)`;
    const odd = `(${type}.load (i32.const 512))`;
    const not = `(${type}.div ${zero} ${zero})`;
    return [
      not,
      `(${type}.neg ${not})`,
      `(${type}.abs (${type}.neg ${not}))`,
      `(${type}.copysign (${type}.const 1) ${not})`,
      `(${type}.copysign ${not} (${type}.const -1))`,
      `(${type}.sqrt (${type}.const -1))`,
      `(${type}.sub (${type}.const inf) (${type}.const inf))`,
      `(${type}.mul ${zero} (${type}.const inf))`,
      ...['add', 'sub', 'mul', 'div', 'min', 'max'].map(
        (name) => `(${type}.${name} ${odd} (${type}.const 1))`,
      ),
      ...['add', 'min', 'max'].map((name) => `(${type}.${name} ${not} ${odd})`),
      ...['ceil', 'floor', 'trunc', 'nearest', 'sqrt', 'neg', 'abs'].map(
        (name) => `(${type}.${name} ${odd})`,
      ),
      `(${type}.min (${type}.const 0) (${type}.const -0))`,
      `(${type}.nearest (${type}.const 2.5))`,
    ];
  };
  const odd = '(data (i32.const 512) "\\01\\02\\a3\\7f\\01\\02\\f4\\ff")';
  return [
    caseOf('f32', values('f32', [...floats('f32'), '(f32.demote_f64 (f64.load (i32.const 512)))'], odd)),
    caseOf('f64', values('f64', [...floats('f64'), '(f64.promote_f32 (f32.load (i32.const 512)))'], odd)),
    caseOf(
      'i64',
      values(
        'i64',
        [
          '(i64.trunc_sat_f64_s (f64.const 1e300))',
          '(i64.trunc_sat_f32_u (f32.const nan))',
          '(i64.reinterpret_f64 (f64.add (f64.load (i32.const 512)) (f64.const 1)))',
          '(i64.extend32_s (i64.const 0x80000000))',
          '(i64.rotl (i64.const 0x123456789abcdef) (i64.const 77))',
          '(i64.shr_s (i64.const -5) (i64.const 65))',
          '(i64.clz (i64.const 0))',
          '(i64.popcnt (i64.const -1))',
        ],
        odd,
      ),
    ),
  ];
}

/** Calls each function of preview1 with these values and writes what it answered. */
function everyCall(value: number): Uint8Array {
  const names = Object.keys(WASI_CALLS).filter((name) => name !== 'proc_exit');
  const params = (name: string): string[] =>
    Array.from(WASI_CALLS[name]?.params ?? '', (letter) => TYPES[letter] ?? '');
  const imports = names.map(
    (name) =>
      `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${params(name)
        .map((type) => `(param ${type})`)
        .join(' ')} ${wasiResults(name) === '' ? '' : '(result i32)'}))`,
  );
  const calls = names.map(
    (name, i) =>
      `(i32.store (i32.const ${4096 + 4 * i}) (call $${name} ${params(name)
        .map((type) => `(${type}.const ${value})`)
        .join(' ')}))`,
  );
  return wat(`(module ${imports.join(' ')} (memory (export "memory") 1)
    (func (export "_start") ${calls.join('\n')} ${write(0, 8192)} ${write(0, 8192)}))`);
}

function calls(): Case[] {
  const random = `(drop (call $random_get (i32.const 100) (i32.const 5))) (drop (call $random_get (i32.const 105) (i32.const 65)))`;
  const scatter = `(i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 3))
    (i32.store (i32.const 8) (i32.const 103)) (i32.store (i32.const 12) (i32.const 4))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 96))) ${write(96, 11)}`;
  const many = (count: number): string =>
    `(drop (call $fd_write (i32.const 1) (i32.const 4096) (i32.const ${count}) (i32.const 0)))`;
  const input = new TextEncoder().encode('abcdefghi');
  const args = ['--größe', '', 'x'];
  return [
    ...[0, 1, 2, 3, 256].map((value) => caseOf(`all with ${value}`, everyCall(value), { input, args })),
    caseOf('random_get', command(`${random} ${write(100, 70)}`), { input, unit: 0x01020304 }),
    caseOf('fd_read into two buffers, twice', command(scatter + scatter), { input }),
    caseOf('as many buffers as there may be', command(many(LIMITS.ioVectors))),
    caseOf('a buffer too many', command(many(LIMITS.ioVectors + 1))),
    caseOf('stderr', command(write(16, 3, 2))),
  ];
}

function programs(): Case[] {
  const text = new TextEncoder().encode(
    'The quick brown fox\njumps over the lazy dog and the cat\n'.repeat(30),
  );
  const fixture = (name: string): Uint8Array => file(`runtime/fixtures/${name}.wasm`);
  const example = (name: string): Uint8Array => file(`modules/${name}/${name}.wasm`);
  const gasLimit = 20_000_000n;
  return [
    ...['floats', 'preview1', 'recursion'].map((name) => caseOf(name, fixture(name))),
    caseOf('memory', fixture('memory'), { args: ['100'], memoryLimit: 8 << 20, gasLimit }),
    caseOf('words', fixture('words'), { input: text, args: ['7'] }),
    ...['bulb', 'digits', 'languages'].map((name) => caseOf(name, example(name), { input: text, gasLimit })),
  ];
}

/** Small cases by what they are about. */
export const CASES: Readonly<Record<string, Case[]>> = {
  endings: endings(),
  traps: traps(),
  stacks: stacks(),
  memory: memories(),
  numbers: numbers(),
  'calls of preview1': calls(),
  programs: programs(),
};
