import initWabt from 'wabt';

const wabt = await initWabt();

/** The parameters of the host's calls that edge programs make. */
const IMPORTS = {
  fd_read: '(param i32 i32 i32 i32) (result i32)',
  fd_write: '(param i32 i32 i32 i32) (result i32)',
  fd_close: '(param i32) (result i32)',
  proc_exit: '(param i32)',
  random_get: '(param i32 i32) (result i32)',
  clock_time_get: '(param i32 i64 i32) (result i32)',
} as const;

/** Where `write` puts its vector. */
const VECTOR = 32;
/** Where the observations of `put` are kept until `flush` writes them. */
const OBSERVED = 65_536;
const SLOT = 8;

export interface Command {
  /** Instructions of `_start`. */
  readonly body: string;
  /** Functions, globals, tables and segments. */
  readonly definitions?: string;
  /** Limits of the memory, in pages; at least 3 where `put` is used. */
  readonly memory?: string;
  /** More imports. */
  readonly imports?: string;
}

/** The binary of a command that may use `$fd_read`, `$fd_write`, `put` and `flush`. */
export function command({ body, definitions = '', memory = '8', imports = '' }: Command): Uint8Array {
  const calls = Object.entries(IMPORTS)
    .filter(([name]) => `${body} ${definitions}`.includes(`$${name}`))
    .map(([name, type]) => `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`);
  const cursor = `(global $at (mut i32) (i32.const ${OBSERVED}))`;
  return assemble(`(module ${calls.join(' ')} ${imports} (memory (export "memory") ${memory}) ${cursor}
    ${definitions} (func $start (export "_start") ${body}))`);
}

function assemble(text: string): Uint8Array {
  const module = wabt.parseWat('edge.wat', text);
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** Instructions that keep a value of a type in a slot of 8 bytes, for `flush`. */
export function put(type: string, value: string): string {
  return `(${type}.store (global.get $at) ${value})
    (global.set $at (i32.add (global.get $at) (i32.const ${SLOT})))`;
}

/** Instructions that write everything that was `put` to stdout. */
export const flush = write(OBSERVED, `(i32.sub (global.get $at) (i32.const ${OBSERVED}))`);

/** Instructions that write bytes of memory to stdout, or to another descriptor. */
export function write(pointer: string | number, length: string | number, descriptor = 1): string {
  const value = (of: string | number) => (typeof of === 'number' ? `(i32.const ${of})` : of);
  return `(i32.store (i32.const ${VECTOR}) ${value(pointer)}) (i32.store (i32.const ${VECTOR + 4}) ${value(length)})
    (drop (call $fd_write (i32.const ${descriptor}) (i32.const ${VECTOR}) (i32.const 1) (i32.const ${VECTOR + 8})))`;
}

/** `item(0) item(1) ...`. */
export function repeat(count: number, item: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => item(i)).join(' ');
}
