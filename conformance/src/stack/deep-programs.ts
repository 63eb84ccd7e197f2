import { command, list } from '@dmcn/runtime/testing/wat';

const TYPES = ['i32', 'i64', 'f32', 'f64'] as const;
type NumberType = (typeof TYPES)[number];

/** Calls that return at once before the endless one, so that engines optimise the function first. */
const WARM_UP = 3_000;

/** A program that recurses without end. */
export interface DeepProgram {
  readonly name: string;
  readonly module: Uint8Array;
}

/** One program for each way in which frames get large or many. */
export function deepPrograms(): DeepProgram[] {
  return [
    ...TYPES.flatMap((type) => [
      kept(type, 0, 0),
      kept(type, 5, 3),
      kept(type, 50, 20),
      kept(type, 490, 0),
      kept(type, 0, 1_000),
      kept(type, 490, 490),
      parameters(type, 10),
      parameters(type, 100),
      parameters(type, 500),
    ]),
    results('i64'),
    results('f64'),
    ...[10, 100, 1_000].map(computed),
    indirect(),
    mutual(),
  ];
}

const LESS = '(i32.sub (local.get $n) (i32.const 1))';

/** A command that warms a function up and then lets it recurse. `$r` takes how deep it may go, and first of all `before`. */
function recursion(name: string, definitions: string, call: (depth: string) => string): DeepProgram {
  const body = `(local $i i32) (loop ${call('(i32.const 0)')}
    (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${WARM_UP}))))
    ${call('(i32.const -1)')}`;
  return { name, module: command(body, definitions) };
}

/** So many values in locals and on the operand stack are needed again after the call. */
function kept(type: NumberType, locals: number, operands: number): DeepProgram {
  const load = (i: number): string => `(${type}.load (i32.const ${8 * i}))`;
  const definitions = `(global $g (mut ${type}) (${type}.const 0))
    (func $r (param $n i32) ${list(locals, (i) => `(local $l${i} ${type})`)}
      ${list(locals, (i) => `(local.set $l${i} ${load(i)})`)}
      ${list(operands, load)}
      (if (local.get $n) (then (call $r ${LESS})))
      ${list(operands, () => 'global.set $g')}
      ${list(locals, (i) => `(${type}.store (i32.const ${8 * i}) (local.get $l${i}))`)})`;
  return recursion(`${type}, ${locals} locals, ${operands} operands`, definitions, (n) => `(call $r ${n})`);
}

/** So many parameters are passed on, and needed again after the call. */
function parameters(type: NumberType, count: number): DeepProgram {
  const definitions = `(func $r (param $n i32) ${list(count, (i) => `(param $p${i} ${type})`)}
    (if (local.get $n) (then (call $r ${LESS} ${list(count, (i) => `(local.get $p${i})`)})))
    ${list(count, (i) => `(${type}.store (i32.const ${8 * i}) (local.get $p${i}))`)})`;
  return recursion(
    `${type}, ${count} parameters`,
    definitions,
    (n) => `(call $r ${n} ${list(count, (i) => `(${type}.const ${i})`)})`,
  );
}

/** As many results as there may be. */
function results(type: NumberType): DeepProgram {
  const count = 31;
  const definitions = `(func $r (param $n i32) (result ${list(count, () => type)})
    (if (local.get $n) (then (call $r ${LESS}) ${list(count, () => 'drop')}))
    ${list(count, (i) => `(${type}.load (i32.const ${8 * i}))`)})`;
  return recursion(
    `${type}, ${count} results`,
    definitions,
    (n) => `(call $r ${n}) ${list(count, () => 'drop')}`,
  );
}

/** So many expressions are computed before the call and again after it: an optimiser keeps their values across it. */
function computed(count: number): DeepProgram {
  const twice = list(
    count,
    (i) => `(local.set $a (i64.xor (i64.rotl (local.get $a) (i64.const 1))
      (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const ${2 * i + 100_003}))))`,
  );
  const definitions = `(global $g (mut i64) (i64.const 0))
    (func $r (param $n i32) (local $a i64) ${twice}
      (if (local.get $n) (then (call $r ${LESS}))) ${twice} (global.set $g (local.get $a)))`;
  return recursion(`${count} expressions twice`, definitions, (n) => `(call $r ${n})`);
}

function indirect(): DeepProgram {
  const definitions = `(type $down (func (param i32))) (table 1 funcref) (elem (i32.const 0) $r)
    (func $r (param $n i32) (if (local.get $n) (then (call_indirect (type $down) ${LESS} (i32.const 0)))))`;
  return recursion('through the table', definitions, (n) => `(call $r ${n})`);
}

function mutual(): DeepProgram {
  const definitions = `(func $r (param $n i32) (if (local.get $n) (then (call $s ${LESS}))))
    (func $s (param $n i32) (if (local.get $n) (then (call $r ${LESS}))))`;
  return recursion('two functions in turn', definitions, (n) => `(call $r ${n})`);
}
