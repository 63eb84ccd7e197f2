import type { Program } from '../program.js';
import { type Variant, variants } from './variants.js';
import { put, repeat, write } from './wat.js';

const TARGETS = 5;

/** Ways through blocks, branches, tables, values on the way, state that outlives calls. */
export function* controlPrograms(): Generator<Program> {
  yield variants('edge/control', [...branches(), ...values(), ...unreachable(), ...state()], {
    definitions: `
      (global $count (mut i32) (i32.const 5)) (global $constant i64 (i64.const -3))
      (func $next (result i32) (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count))
      (func $pair (param i32) (result i32 i64 f32 f64)
        (local.get 0) (i64.extend_i32_s (local.get 0)) (f32.convert_i32_s (local.get 0)) (f64.const 0.1))
      (data (i32.const 300) "first") (data (i32.const 302) "second") (data (i32.const 0) "")`,
  });
  yield holes();
}

/** `br_table` with equal targets, on every index, beyond its end, with values. */
function* branches(): Generator<Variant> {
  for (const index of [0, 1, 2, 3, 4, 5, 6, 0x7fffffff, 0x80000000, -1]) {
    for (const of of [`(i32.const ${index})`, `(i32.load (i32.const 256))`]) {
      const targets = '(br_table 0 1 1 3 0 2';
      const blocks = repeat(TARGETS, () => '(block');
      yield {
        name: `br_table-${index}${of.includes('load') ? '-unknown' : ''}`,
        body: `(i32.store (i32.const 256) (i32.const ${index})) ${blocks} ${targets} ${of})
          ${repeat(TARGETS, (i) => `${write(300, i + 1)} )`)}`,
      };
    }
  }
  yield { name: 'br_table-of-nothing', body: `(block (br_table 0 (call $next))) ${write(300, 1)}` };
  yield {
    name: 'br_table-of-a-thousand',
    body: `(local $i i32) (loop $more
      (block $odd (block $even (br_table ${repeat(1_000, (i) => (i % 2 === 0 ? '$even' : '$odd'))} $even (local.get $i)))
        ${put('i32', '(local.get $i)')})
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1100))))`,
  };
  yield {
    name: 'br_table-back-into-a-loop',
    body: `(local $i i32) (block $out (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_table $again $again $again $out (i32.shr_u (local.get $i) (i32.const 3)))))
      ${put('i32', '(local.get $i)')}`,
  };
  yield {
    name: 'out-of-many',
    body: `${repeat(30, () => '(block (loop')} (br 59) ${repeat(30, () => '))')} ${write(300, 5)}`,
  };
}

function* values(): Generator<Variant> {
  const several = ['i32', 'i64', 'f32', 'f64'] as const;
  const keepAll = several
    .toReversed()
    .map((type) => `(local.set $${type})`)
    .join(' ');
  const putAll = several.map((type) => put(type, `(local.get $${type})`)).join(' ');
  const locals = several.map((type) => `(local $${type} ${type})`).join(' ');
  const take = (from: string) => `${from} ${keepAll} ${putAll}`;
  const result = '(result i32 i64 f32 f64)';
  const pair = '(call $pair (i32.const -7))';
  yield { name: 'results', locals, body: take(pair) };
  yield { name: 'block-results', locals, body: take(`(block ${result} ${pair})`) };
  yield { name: 'branch-results', locals, body: take(`(block ${result} (i32.const 9) ${pair} (br 0))`) };
  yield { name: 'loop-results', locals, body: take(`(loop ${result} ${pair})`) };
  yield {
    name: 'if-results',
    locals,
    body: take(`(if ${result} (call $next) (then ${pair}) (else (call $pair (i32.const 3))))`),
  };
  yield {
    name: 'table-results',
    locals,
    body: take(`(block ${result} (block ${result} ${pair} (br_table 0 1 0 (call $next)))
      (drop) (f64.const 0.3))`),
  };
  yield {
    name: 'block-parameters',
    body: put('i32', '(i32.const 30) (i32.const 4) (block (param i32 i32) (result i32) (i32.sub))'),
  };
  yield {
    name: 'loop-parameters',
    body: put(
      'i32',
      `(i32.const 100) (loop (param i32) (result i32) (i32.const 7) (i32.sub) (local.tee $i)
        (br_if 0 (i32.gt_s (local.get $i) (i32.const 20))))`,
    ),
    locals: '(local $i i32)',
  };
  yield {
    name: 'order-of-operands',
    body: put('i32', '(i32.sub (i32.mul (call $next) (i32.const 10)) (call $next))'),
  };
  yield {
    name: 'select-takes-both',
    body: `${put('i32', '(select (call $next) (call $next) (call $next))')} ${put('i32', '(global.get $count)')}`,
  };
  yield {
    name: 'select-by-a-large-number',
    body: put('i64', '(select (i64.const 1) (i64.const 2) (i32.const 0x80000000))'),
  };
}

/** Code that is never reached, with a stack that may be anything. */
function* unreachable(): Generator<Variant> {
  yield {
    name: 'dead-code-after-a-branch',
    body: `${put('i32', '(block (result i32) (br 0 (i32.const 8)) (i32.add) (f64.sqrt (f64.const -1)) (drop))')}`,
  };
  yield {
    name: 'dead-code-after-return',
    body: `${write(300, 3)} (return) (drop (i32.add (unreachable) (call $next))) ${write(300, 5)}`,
  };
  yield { name: 'dead-loop', body: `(block (br 0) (loop (br 0))) ${write(300, 4)}` };
  yield {
    name: 'dead-ends-of-an-if',
    body: `(if (call $next) (then (return)) (else (unreachable))) ${write(300, 4)}`,
  };
}

function* state(): Generator<Variant> {
  yield { name: 'data-segments-in-order', body: write(298, 12) };
  yield {
    name: 'globals-start-anew',
    body: `${put('i32', '(global.get $count)')} ${put('i64', '(global.get $constant)')}
      ${repeat(20, () => put('i32', '(call $next)'))}`,
  };
  yield {
    name: 'memory-starts-anew',
    body: `${put('i64', '(i64.load (i32.const 400000))')} (i64.store (i32.const 400000) (i64.const -1))`,
  };
}

/** A table with holes at its start, inside and at its end, and an entry that a later segment replaced. */
function holes(): Program {
  const around = {
    definitions: `(func $a ${write(300, 1)}) (func $b ${write(301, 1)}) (func $c (result i32) (i32.const 5))
      (data (i32.const 300) "ab")`,
  };
  const entries = ['hole', 'a', 'b', 'hole', 'c', 'replaced', 'hole'];
  const first = 100;
  return variants(
    'edge/table',
    entries.map((entry, i) => ({
      name: `${i}-${entry}`,
      body: `(call_indirect (type $variant) (i32.const ${first + i}))`,
    })),
    {
      ...around,
      tableSize: first + entries.length,
      definitions: `${around.definitions} (elem (i32.const ${first + 1}) $a $b) (elem (i32.const ${first + 4}) $c $a)
        (elem (i32.const ${first + 5}) $b)`,
    },
  );
}
