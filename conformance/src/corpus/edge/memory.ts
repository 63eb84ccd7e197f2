import { PAGE_BYTES } from '@dmcn/runtime';
import type { Program, Run } from '../program.js';
import { type Observation, observations, type Variant, variants } from './variants.js';
import { command, flush, put, write } from './wat.js';

const PAGES = 8;
const END = PAGES * PAGE_BYTES;
const GIB = 2 ** 30;

/** Every load and store with the bytes it moves. */
const LOADS: readonly [name: string, bytes: number][] = [
  ...(['i32', 'i64'] as const).flatMap((type): [string, number][] => [
    [`${type}.load8_s`, 1],
    [`${type}.load8_u`, 1],
    [`${type}.load16_s`, 2],
    [`${type}.load16_u`, 2],
  ]),
  ['i64.load32_s', 4],
  ['i64.load32_u', 4],
  ['i32.load', 4],
  ['i64.load', 8],
  ['f32.load', 4],
  ['f64.load', 8],
];
const STORES: readonly [name: string, bytes: number][] = [
  ['i32.store8', 1],
  ['i32.store16', 2],
  ['i64.store8', 1],
  ['i64.store16', 2],
  ['i64.store32', 4],
  ['i32.store', 4],
  ['i64.store', 8],
  ['f32.store', 4],
  ['f64.store', 8],
];

export function* memoryPrograms(): Generator<Program> {
  yield variants('edge/addresses', [...addresses()], { memory: `${PAGES} ${PAGES}` });
  yield observations('edge/unaligned', [...unaligned()]);
  yield variants('edge/bulk', [...copies(), ...fills()]);
  yield growth('edge/growth', '2', [
    { name: 'to-16-mib', memoryLimit: 16 * 2 ** 20 },
    { name: 'not-at-all', memoryLimit: 2 * PAGE_BYTES },
    { name: 'too-small-to-start', memoryLimit: PAGE_BYTES },
    { name: 'to-64-mib' },
    { name: 'to-the-highest-limit', memoryLimit: GIB / 2 },
  ]);
  yield growth('edge/growth-to-its-own-maximum', '2 37', [
    { name: 'below-the-limit' },
    { name: 'above-the-limit', memoryLimit: 2 ** 20 },
  ]);
}

/** The last address that is inside, and the first outside, made of an address and an offset in several ways. */
function* places(bytes: number): Generator<[name: string, address: number, offset: number]> {
  const last = END - bytes;
  yield ['last', last, 0];
  yield ['beyond', last + 1, 0];
  yield ['last-by-offset', 0, last];
  yield ['beyond-by-offset', 0, last + 1];
  yield ['beyond-by-both', last, 1];
  yield ['wraps', -1, 1];
  yield ['wraps-far', -4, 4];
  yield ['largest-offset', 0, 0xffffffff];
  yield ['largest-of-both', -1, 0xffffffff];
}

function* addresses(): Generator<Variant> {
  for (const [name, bytes] of LOADS) {
    const type = name.slice(0, 3);
    for (const [place, address, offset] of places(bytes)) {
      const load = (at: string) => put(type, `(${name} offset=${offset} ${at})`);
      yield { name: `${name}-${place}`, body: `${load(`(i32.const ${address})`)} ${write(20, 2)}` };
      yield {
        name: `${name}-${place}-unknown`,
        body: `(i32.store (i32.const 256) (i32.const ${address})) ${load('(i32.load (i32.const 256))')} ${write(20, 2)}`,
      };
    }
  }
  for (const [name, bytes] of STORES) {
    const type = name.slice(0, 3);
    for (const [place, address, offset] of places(bytes))
      yield {
        name: `${name}-${place}`,
        body: `(${name} offset=${offset} (i32.const ${address}) (${type}.const -2)) ${write(END - 12, 12)}`,
      };
  }
}

/** Reads and writes across every alignment, whatever alignment the instruction claims. */
function* unaligned(): Generator<Observation> {
  const fill =
    '(i64.store (i32.const 256) (i64.const 0x8192a3b4c5d6e7f8)) (i64.store (i32.const 264) (i64.const 0x0123456789abcdef))';
  for (let at = 256; at < 265; at++) {
    for (const [name, bytes] of LOADS) {
      const type = name.slice(0, 3);
      yield { type, before: fill, value: `(${name} align=${bytes} (i32.const ${at}))` };
    }
    for (const [name] of STORES) {
      const type = name.slice(0, 3);
      const store = `(${name} align=1 (i32.const ${at}) (${type}.const 123456789))`;
      yield { type: 'i64', before: fill + store, value: '(i64.load (i32.const 256))' };
      yield { type: 'i64', value: '(i64.load (i32.const 264))' };
    }
  }
}

const ALPHABET =
  '(i64.store (i32.const 256) (i64.const 0x6867666564636261)) (i64.store (i32.const 264) (i64.const 0x706f6e6d6c6b6a69))';

function* copies(): Generator<Variant> {
  const copy = (to: number, from: number, length: number) =>
    `${ALPHABET} (memory.copy (i32.const ${to}) (i32.const ${from}) (i32.const ${length})) ${write(240, 48)}`;
  yield { name: 'copy-forwards-over-itself', body: copy(260, 256, 12) };
  yield { name: 'copy-backwards-over-itself', body: copy(252, 256, 12) };
  yield { name: 'copy-onto-itself', body: copy(256, 256, 16) };
  yield { name: 'copy-by-one', body: copy(257, 256, 15) };
  yield { name: 'copy-nothing', body: copy(256, 264, 0) };
  yield { name: 'copy-nothing-at-the-end', body: copy(END, END, 0) };
  yield { name: 'copy-nothing-from-beyond', body: copy(256, END + 1, 0) };
  yield { name: 'copy-nothing-to-beyond', body: copy(END + 1, 256, 0) };
  yield { name: 'copy-the-last-byte', body: copy(256, END - 1, 1) };
  yield { name: 'copy-one-too-many-from', body: copy(256, END - 1, 2) };
  yield { name: 'copy-one-too-many-to', body: copy(END - 1, 256, 2) };
  yield { name: 'copy-everything', body: copy(0, 0, END) };
  yield { name: 'copy-all-but-a-page', body: copy(PAGE_BYTES, 0, END - PAGE_BYTES) };
  yield { name: 'copy-wraps', body: copy(256, 8, -1) };
  yield { name: 'copy-of-2-gib', body: copy(0, 0, 0x7fffffff), gasLimit: 2n ** 40n };
}

function* fills(): Generator<Variant> {
  const fill = (to: number, value: number, length: number) =>
    `${ALPHABET} (memory.fill (i32.const ${to}) (i32.const ${value}) (i32.const ${length})) ${write(240, 48)}`;
  yield { name: 'fill', body: fill(258, 45, 7) };
  yield { name: 'fill-takes-the-low-byte', body: fill(258, 0x12342d, 7) };
  yield { name: 'fill-nothing-at-the-end', body: fill(END, 45, 0) };
  yield { name: 'fill-nothing-beyond', body: fill(END + 1, 45, 0) };
  yield { name: 'fill-the-last-byte', body: fill(END - 1, 45, 1) };
  yield { name: 'fill-one-too-many', body: fill(END - 1, 45, 2) };
  yield { name: 'fill-everything', body: fill(128, 45, END - 128) };
  yield { name: 'fill-wraps', body: fill(256, 45, -1), gasLimit: 2n ** 40n };
}

/** Grows by ever more pages until that is refused, then by one at a time, then by what can never be, and says each answer. */
function growth(name: string, memory: string, runs: readonly Run[]): Program {
  const grow = (pages: string) => `(local.tee $was (memory.grow ${pages}))`;
  const touch = `(i32.store (i32.sub (i32.mul (memory.size) (i32.const ${PAGE_BYTES})) (i32.const 4)) (memory.size))
    (i32.load (i32.sub (i32.mul (memory.size) (i32.const ${PAGE_BYTES})) (i32.const 4)))`;
  const module = command({
    memory,
    body: `(local $step i32) (local $was i32) (local.set $step (i32.const 1))
      ${put('i32', grow('(i32.const 0)'))} ${put('i32', grow('(i32.const -1)'))} ${put('i32', grow('(i32.const 65536)'))}
      (block (loop
        ${put('i32', grow('(local.get $step)'))} ${put('i32', '(memory.size)')} ${put('i32', touch)}
        (br_if 1 (i32.eq (local.get $was) (i32.const -1)))
        (local.set $step (i32.mul (local.get $step) (i32.const 3))) (br 0)))
      (loop
        (local.set $step (i32.div_u (local.get $step) (i32.const 2)))
        (if (local.get $step) (then
          (loop (br_if 0 (i32.ne (memory.grow (local.get $step)) (i32.const -1))))
          ${put('i32', '(memory.size)')} (br 1))))
      ${put('i32', grow('(i32.const 1)'))} ${put('i32', grow('(i32.const 0)'))} ${put('i32', touch)} ${flush}`,
  });
  return { name, module, runs };
}
