import { prepareTask, runUnit } from '@dmcn/runtime';
import { DEFAULTS, type Program, type Run } from '../program.js';
import { command, repeat, write } from './wat.js';

const COUNT = '(global.set $n (i32.add (global.get $n) (i32.const 1)))';
const MORE = '(i32.lt_u (global.get $n) (i32.const 5))';
const SAY = write(64, 2);

/** What gas can run out on, by itself: what it does so often, and says something in between. */
const BLOCKS: Readonly<Record<string, string>> = {
  block: `(block ${COUNT} (block ${COUNT} ${SAY}) ${COUNT}) ${COUNT} ${SAY}`,
  loop: `(loop ${COUNT} ${SAY} (br_if 0 ${MORE})) ${SAY}`,
  if: `(loop (if (i32.and (global.get $n) (i32.const 1)) (then ${COUNT} ${SAY})) ${COUNT} (br_if 0 ${MORE})) ${SAY}`,
  else: `(loop (if (global.get $n) (then ${COUNT}) (else ${COUNT} ${COUNT} ${SAY})) ${COUNT} (br_if 0 ${MORE})) ${SAY}`,
  br_table: `(loop (block (block (block (br_table 0 1 2 (global.get $n))) ${COUNT} ${SAY} (br 2)) ${COUNT} (br 1)) ${COUNT}
    (br_if 0 ${MORE})) ${SAY}`,
  'function entry': `(call $f) ${SAY} (call $f) (call $f) ${SAY}`,
  'indirect call': `(call_indirect (type $none) (i32.const 0)) ${SAY} (call_indirect (type $none) (i32.const 0))`,
  return: `(call $r (i32.const 0)) ${SAY} (call $r (i32.const 1)) ${SAY}`,
  'memory.copy': `(memory.copy (i32.const 1000) (i32.const 2000) (i32.const 300)) ${SAY}
    (memory.copy (i32.const 1000) (i32.const 2000) (global.get $n)) ${SAY}`,
  'memory.fill': `${SAY} (memory.fill (i32.const 1000) (i32.const 7) (i32.const 3000)) ${SAY}`,
  'memory.grow': `${SAY} (drop (memory.grow (i32.const 2))) ${SAY} (drop (memory.grow (i32.const 0))) ${SAY}`,
  'host call': `${SAY} (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 96))) ${SAY}`,
  'random bytes': `(drop (call $random_get (i32.const 1000) (i32.const 50))) ${SAY} ${write(1000, 50)}`,
  'long write': `${SAY} ${write(1000, 5000)} ${SAY}`,
  trap: `${SAY} (drop (i32.div_u (i32.const 1) (global.get $n))) ${SAY}`,
  exit: `${SAY} (call $proc_exit (i32.const 9)) ${SAY}`,
};

const STEPS = 24;
/** Enough for any of them. */
const PLENTY = 10_000_000n;

/** Each kind of block with exactly as much gas as it takes, one less, and shares of it. */
export async function* gasPrograms(): AsyncGenerator<Program> {
  for (const [name, body] of Object.entries(BLOCKS)) {
    const module = command({
      body,
      definitions: `(type $none (func)) (global $n (mut i32) (i32.const 0)) (table 1 funcref) (elem (i32.const 0) $f)
        (func $f ${COUNT} ${COUNT}) (func $r (param i32) ${COUNT} (if (local.get 0) (then ${COUNT} (return))) ${COUNT})
        (data (i32.const 64) "go")`,
    });
    yield { name: `edge/gas/${name.replaceAll(' ', '-')}`, module, runs: await ladder(module) };
  }
  yield endless();
}

async function ladder(module: Uint8Array): Promise<Run[]> {
  const task = await prepareTask(module);
  const { gas } = runUnit(task, { ...DEFAULTS, gasLimit: PLENTY });
  const least = lowest(gas, (gasLimit) => runUnit(task, { ...DEFAULTS, gasLimit }).output.length > 0);
  const steps = Array.from({ length: STEPS }, (_, i) => least + ((gas - least) * BigInt(i)) / BigInt(STEPS));
  const limits = new Set([1n, least - 1n, ...steps, gas - 1n, gas, gas + 1n]);
  return [...limits].map((gasLimit) => ({ name: `limit-${gasLimit}`, gasLimit }));
}

/** The lowest limit up to `most` with which something holds that holds with `most`. */
function lowest(most: bigint, holds: (limit: bigint) => boolean): bigint {
  let [low, high] = [1n, most];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

function endless(): Program {
  const module = command({
    body: `(loop ${repeat(3, () => COUNT)} (br 0))`,
    definitions: '(global $n (mut i32) (i32.const 0))',
  });
  const runs = [100_000n, 1_000_003n, 5_000_000n].map((gasLimit) => ({
    name: `limit-${gasLimit}`,
    gasLimit,
  }));
  return { name: 'edge/gas/endless-loop', module, runs };
}
