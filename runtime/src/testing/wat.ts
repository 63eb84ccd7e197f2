import initWabt from 'wabt';

const wabt = await initWabt();

/** The binary of a module in text form; features outside of the profile are on, so that tests can be refused. */
export function wat(text: string): Uint8Array {
  const module = wabt.parseWat('test.wat', text, {
    exceptions: true,
    threads: true,
    tail_call: true,
    memory64: true,
    extended_const: true,
    relaxed_simd: true,
  });
  try {
    return module.toBinary({ write_debug_names: true }).buffer;
  } finally {
    module.destroy();
  }
}

const PREVIEW1 = {
  fd_read: '(param i32 i32 i32 i32) (result i32)',
  fd_write: '(param i32 i32 i32 i32) (result i32)',
  proc_exit: '(param i32)',
  random_get: '(param i32 i32) (result i32)',
} as const;

/** A command whose `_start` is `body`, with a page of memory and `$fd_read`, `$fd_write`, `$proc_exit`, `$random_get`. */
export function command(body: string, definitions = '', memory = '1'): Uint8Array {
  const imports = Object.entries(PREVIEW1).map(
    ([name, type]) => `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`,
  );
  return wat(`(module ${imports.join(' ')} (memory (export "memory") ${memory})
    ${definitions} (func $start (export "_start") ${body}))`);
}

/** Instructions that write `length` bytes from `pointer` to a descriptor, with the vector at address 0. */
export function write(pointer: number, length: number, descriptor = 1): string {
  return `(i32.store (i32.const 0) (i32.const ${pointer})) (i32.store (i32.const 4) (i32.const ${length}))
    (drop (call $fd_write (i32.const ${descriptor}) (i32.const 0) (i32.const 1) (i32.const 8)))`;
}

/** So many pieces of text in a row. */
export const list = (count: number, item: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(' ');

/** A function `$r` that calls itself as often as its parameter says, with so many values of a type alive in locals and operands across the call. */
export function recursive(type: 'i32' | 'i64' | 'f32' | 'f64', locals: number, operands: number): string {
  return `(global $g (mut ${type}) (${type}.const 0))
    (func $r (param $n i32) ${list(locals, (i) => `(local $l${i} ${type})`)}
      ${list(locals, (i) => `(local.set $l${i} (${type}.load (i32.const ${8 * i})))`)}
      ${list(operands, (i) => `(${type}.load (i32.const ${8 * i}))`)}
      (if (local.get $n) (then (call $r (i32.sub (local.get $n) (i32.const 1)))))
      ${list(operands, () => 'global.set $g')}
      ${list(locals, (i) => `(${type}.store (i32.const ${8 * i}) (local.get $l${i}))`)})`;
}
