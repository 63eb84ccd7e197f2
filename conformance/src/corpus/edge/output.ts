import { LIMITS } from '@dmcn/runtime';
import type { Program } from '../program.js';
import { type Variant, variants } from './variants.js';
import { write } from './wat.js';

/** What `go` of every variant takes. */
const SAID = 2;
const LEFT = LIMITS.outputBytes - SAID;
const LINE = 4_096;

/** Output that fits exactly, that does not, in few writes and in many, and what comes after the end. */
export function* outputPrograms(): Generator<Program> {
  yield variants('edge/output', [...floods(), ...exits()], {
    memory: '12',
    definitions: `(global $i (mut i32) (i32.const 0)) (func $exit (param i32) (call $proc_exit (local.get 0)) ${write(20, 2)})`,
  });
}

function* floods(): Generator<Variant> {
  const lines = Math.floor(LEFT / LINE);
  const times = (count: number, what: string) => `(global.set $i (i32.const ${count}))
    (loop ${what} (global.set $i (i32.sub (global.get $i) (i32.const 1))) (br_if 0 (global.get $i)))`;
  const many = times(lines, write(1_024, LINE));
  const rest = LEFT - lines * LINE;
  yield { name: 'exactly-full', body: write(1_024, LEFT) };
  yield { name: 'one-too-many', body: write(1_024, LEFT + 1) };
  yield { name: 'full-in-many-writes', body: `${many} ${write(1_024, rest)}` };
  yield { name: 'one-too-many-in-many-writes', body: `${many} ${write(1_024, rest)} ${write(1_024, 1)}` };
  yield { name: 'nothing-when-full', body: `${write(1_024, LEFT)} ${write(1_024, 0)} ${write(1_024, 3, 2)}` };
  yield { name: 'byte-by-byte', body: times(20_000, write(64, 1)) };
  yield { name: 'without-end', body: `(loop ${write(1_024, LINE)} (br 0))` };
  yield {
    name: 'without-end-to-stderr',
    body: `(loop ${write(1_024, LINE, 2)} (br 0))`,
    gasLimit: 20_000_000n,
  };
}

function* exits(): Generator<Variant> {
  for (const code of [0, 1, 2, 127, 255, 256, 0x7fffffff, -1])
    yield {
      name: `exit-${code}`,
      body: `${write(20, 1)} (call $proc_exit (i32.const ${code})) ${write(20, 2)}`,
    };
  yield { name: 'exit-deeper', body: `(call $exit (i32.const 4)) ${write(20, 2)}` };
  yield { name: 'exit-in-a-loop', body: `(loop (call $exit (global.get $i)) ${write(20, 2)} (br 0))` };
  yield {
    name: 'exit-with-stdout-closed',
    body: `(drop (call $fd_close (i32.const 1))) ${write(20, 2)} (call $exit (i32.const 3))`,
  };
}
