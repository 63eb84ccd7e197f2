/** What one class runs, as WebAssembly text. */
export interface Program {
  /** Instructions of one turn; `$n` counts the turns that are left. */
  readonly turn: string;
  /** How often `turn` stands in the loop, so that the loop itself weighs little. Default: 16. */
  readonly unrolled?: number;
  /** The most turns that can be made. Default: 2^30. */
  readonly mostTurns?: number;
  /** Locals of `_start` beside `$n`. */
  readonly locals?: string;
  /** Runs before the turns and is not measured. */
  readonly setup?: string;
  /** Runs behind the turns and uses what they made, so that no engine leaves them out. */
  readonly finish?: string;
  /** Further definitions of the module. */
  readonly definitions?: string;
  /** Pages of memory. Default: 1. */
  readonly pages?: number;
}

const IMPORTS = {
  args_get: 'i32 i32',
  args_sizes_get: 'i32 i32',
  environ_get: 'i32 i32',
  environ_sizes_get: 'i32 i32',
  clock_res_get: 'i32 i32',
  clock_time_get: 'i32 i64 i32',
  fd_close: 'i32',
  fd_fdstat_get: 'i32 i32',
  fd_filestat_get: 'i32 i32',
  fd_read: 'i32 i32 i32 i32',
  fd_seek: 'i32 i64 i32 i32',
  fd_write: 'i32 i32 i32 i32',
  path_open: 'i32 i32 i32 i32 i32 i64 i64 i32 i32',
  random_get: 'i32 i32',
  sched_yield: '',
} as const;

/** The calls that a program can make as `$NAME`. */
export const CALLS = Object.keys(IMPORTS) as (keyof typeof IMPORTS)[];

/** Where the programs may work: what lies below is the vector of the marks and the number of turns. */
export const FREE = 1_024;

/**
 * A command that reads a number of turns (a u32) from its input and does them between two marks: a byte to stderr each, by
 * which the host knows when to look at its clock.
 */
export function commandText(program: Program): string {
  const { turn, unrolled = 16, locals = '', setup = '', finish = '', definitions = '', pages = 1 } = program;
  const imports = Object.entries(IMPORTS).map(
    ([name, params]) =>
      `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${params}) (result i32)))`,
  );
  return `(module ${imports.join(' ')} (memory (export "memory") ${pages})
    (data (i32.const 0) "\\10\\00\\00\\00\\01\\00\\00\\00\\18\\00\\00\\00\\04\\00\\00\\00")
    (func $mark (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 28))))
    ${definitions}
    (func $start (export "_start") (local $n i32) ${locals}
      (drop (call $fd_read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 28)))
      ${setup} (local.set $n (i32.load (i32.const 24))) (call $mark)
      (loop $turn ${turn.repeat(unrolled)}
        (br_if $turn (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (call $mark) ${finish}))`;
}
