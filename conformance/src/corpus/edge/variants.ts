import type { Program, Run } from '../program.js';
import { command, flush, put, repeat, write } from './wat.js';

/** One of the ways that a program of `variants` goes: the run's first two bytes of input choose it. */
export interface Variant extends Omit<Run, 'input'> {
  /** Instructions; what they `put` is written at their end, before a trap what they wrote themselves. */
  readonly body: string;
  readonly locals?: string;
}

export interface Surroundings {
  readonly definitions?: string;
  readonly memory?: string;
  readonly imports?: string;
  /** Entries of the function table, the first of them the variants; by default there are no others. */
  readonly tableSize?: number;
}

/** Where the input that chooses is read to. */
const CHOICE = 16;

/** A program that is many: each variant is a function, and a run of its own that says `go` first. */
export function variants(name: string, list: readonly Variant[], around: Surroundings = {}): Program {
  const functions = list.map(
    ({ body, locals = '' }, i) => `(func $variant${i} (type $variant) ${locals} ${body})`,
  );
  const table = `(table ${around.tableSize ?? list.length} funcref) (elem (i32.const 0) ${repeat(list.length, (i) => `$variant${i}`)})`;
  const module = command({
    ...around,
    definitions: `(type $variant (func)) ${table} ${functions.join('\n')} ${around.definitions ?? ''}
      (data (i32.const ${CHOICE + 4}) "go")`,
    body: `(i32.store (i32.const 0) (i32.const ${CHOICE})) (i32.store (i32.const 4) (i32.const 2))
      (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))) ${write(CHOICE + 4, 2)}
      (call_indirect (type $variant) (i32.load16_u (i32.const ${CHOICE}))) ${flush}`,
  });
  const runs = list.map(({ body: _, locals: __, ...run }, i) => ({
    ...run,
    input: Uint8Array.of(i & 0xff, i >> 8),
  }));
  return { name, module, runs };
}

/** A value to look at. */
export interface Observation {
  readonly type: string;
  readonly value: string;
  /** Instructions before it. */
  readonly before?: string;
}

const PER_FUNCTION = 64;

/** A program that writes values one after the other, each in 8 bytes. */
export function observations(
  name: string,
  list: readonly Observation[],
  around: Surroundings & { readonly locals?: string; readonly init?: string } = {},
): Program {
  const parts: string[] = [];
  for (let i = 0; i < list.length; i += PER_FUNCTION) {
    const body = list
      .slice(i, i + PER_FUNCTION)
      .map(({ type, value, before = '' }) => before + put(type, value));
    parts.push(`(func $part${parts.length} ${around.locals ?? ''} ${body.join('\n')})`);
  }
  const module = command({
    ...around,
    definitions: `${around.definitions ?? ''} ${parts.join('\n')}`,
    body: `${around.init ?? ''} ${repeat(parts.length, (i) => `(call $part${i})`)} ${flush}`,
  });
  return { name, module, runs: [{ name: 'all' }] };
}
