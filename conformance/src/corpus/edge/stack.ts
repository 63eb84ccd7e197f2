import type { Program } from '../program.js';
import { type Variant, variants } from './variants.js';
import { command, flush, put, repeat, write } from './wat.js';

/** Where each frame leaves how deep it is. */
const DEPTH = 128;
const NEXT = '(i32.add (local.get $n) (i32.const 1))';
const HERE = `(i32.store (i32.const ${DEPTH}) (local.get $n))`;

/** Recursion without end in each way, and recursion that turns back at many depths around the last possible one. */
export function* stackPrograms(): Generator<Program> {
  yield variants('edge/stack', [...endless()], { definitions: endlessFunctions });
  yield returning();
}

const endlessFunctions = `
  (type $deep (func (param i32)))
  (func $direct (param $n i32) ${HERE} (call $direct ${NEXT}))
  (func $ping (param $n i32) ${HERE} (call $pong ${NEXT})) (func $pong (param $n i32) ${HERE} (call $ping ${NEXT}))
  (func $result (param $n i32) (result i32) ${HERE} (i32.add (call $result ${NEXT}) (i32.const 1)))
  (func $several (param $n i32) (result i32 i64 f64) ${HERE} (call $several ${NEXT}))
  ${(['i32', 'i64', 'f32', 'f64'] as const)
    .map(
      (type) => `
  (func $locals_${type} (param $n i32) ${repeat(400, () => `(local ${type})`)} ${HERE}
    ${repeat(400, (i) => `(local.set ${i + 1} (${type}.load (i32.const ${256 + 8 * i})))`)}
    (call $locals_${type} ${NEXT})
    ${repeat(400, (i) => `(${type}.store (i32.const ${256 + 8 * i}) (local.get ${i + 1}))`)})
  (func $operands_${type} (param $n i32) ${HERE}
    ${repeat(800, (i) => `(${type}.load (i32.const ${256 + 8 * i}))`)}
    (call $operands_${type} ${NEXT}) ${repeat(800, () => 'drop')})`,
    )
    .join('')}
  (func $parameters (param $n i32) ${repeat(99, () => '(param i64)')} ${HERE}
    (call $parameters ${NEXT} ${repeat(99, (i) => `(local.get ${i + 1})`)}))
  (func $writing (param $n i32) ${HERE} ${write(DEPTH, 1)} (call $writing ${NEXT}))
  (func $blocks (param $n i32) ${HERE} (block (loop (if (i32.const 1) (then (call $blocks ${NEXT}))))))`;

function* endless(): Generator<Variant> {
  const ends = (name: string, call: string): Variant => ({ name, body: call });
  const zero = '(i32.const 0)';
  for (const name of ['direct', 'ping', 'writing', 'blocks']) yield ends(name, `(call $${name} ${zero})`);
  for (const type of ['i32', 'i64', 'f32', 'f64']) {
    yield ends(`locals-${type}`, `(call $locals_${type} ${zero})`);
    yield ends(`operands-${type}`, `(call $operands_${type} ${zero})`);
  }
  yield ends('result', `(drop (call $result ${zero}))`);
  yield ends('several-results', `(call $several ${zero}) (drop) (drop) (drop)`);
  yield ends('parameters', `(call $parameters ${zero} ${repeat(99, (i) => `(i64.const ${i})`)})`);
  yield ends('start', '(call $start)');
  yield ends('indirect', `(call_indirect (type $variant) (i32.load16_u (i32.const 16)))`);
}

/** Goes as deep as its input says and comes back with a sum: the last depth that is possible has to be the same everywhere. */
function returning(): Program {
  const module = command({
    definitions: `(func $down (param $n i32) (result i64) (local $kept i64)
      (local.set $kept (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0x9e3779b97f4a7c15)))
      (if (i32.eqz (local.get $n)) (then (return (i64.const 1))))
      (i64.xor (i64.rotl (call $down (i32.sub (local.get $n) (i32.const 1))) (i64.const 1)) (local.get $kept)))`,
    body: `(i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 4))
      (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      ${put('i64', '(call $down (i32.load (i32.const 16)))')} ${flush}`,
  });
  const depths = [0, 1, 10, 100, 1_000, ...Array.from({ length: 40 }, (_, i) => 1_500 + 50 * i), 10_000];
  const runs = depths.map((depth) => ({
    name: `depth-${depth}`,
    input: new Uint8Array(Uint32Array.of(depth).buffer),
  }));
  return { name: 'edge/depth', module, runs };
}
