import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SECTION } from '../wasm/module-layout.js';
import { expectAgreement } from './agreement.js';
import { mutate } from './mutate.js';
import type { Random } from './random.js';
import { joinSections, splitSections } from './sections.js';
import { command, wat } from './wat.js';

/** A small module with something of everything, without custom sections. */
export function everything(): Uint8Array {
  const module = command(
    `(local $x f64) (local $i i64)
    (block (br_table 0 1 0 (i32.const 1)))
    (call_indirect (i32.const 0))
    (local.set $x (f64.sqrt (local.get $x)))
    (i32.store offset=3 (i32.const 0) (memory.grow (i32.const 1)))
    (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
    (i32.const 1) (i32.const 2) (block (param i32 i32) (result i32 i32)) (drop) (drop)
    (loop (br_if 1 (i64.eqz (local.tee $i (i64.const 5)))) (br 0))
    (drop (f64.promote_f32 (select (f32.const 1) (f32.load (i32.const 8)) (memory.size))))`,
    `(table 1 2 funcref) (elem (i32.const 0) $start) (data (i32.const 8) "abc") (global $g (mut i32) (i32.const 7))
    (func $h (result i32 f64)
      (if (result i32 f64) (global.get $g)
        (then (i32.const 1) (f64.const 2))
        (else (global.set $g (i32.trunc_sat_f32_s (f32.const 1))) (return (i32.const 2) (f64.const nan)))))`,
  );
  return withoutNames(module);
}

/** A module of a hundred bytes with a section of each kind. */
export function small(): Uint8Array {
  return withoutNames(
    wat(`(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
      (memory (export "memory") 1) (table 1 funcref) (global (mut i32) (i32.const 7))
      (func (export "_start") (local f64)
        (br_if 0 (i32.load (i32.const 0))) (block (result f32) (f32.const 1)) (drop) (call_indirect (i32.const 0)))
      (elem (i32.const 0) 1) (data (i32.const 8) "abc"))`),
  );
}

function withoutNames(module: Uint8Array): Uint8Array {
  return joinSections(splitSections(module).filter(({ id }) => id !== SECTION.custom));
}

/** Holds check against the engine for the module cut off at each length, or at `count` of them. */
export function truncate(module: Uint8Array, random: Random, count = module.length): void {
  for (let i = 0; i < count; i++) {
    const length = count === module.length ? i : random.below(module.length);
    hold(module.slice(0, length), () => `cut off at ${length}`);
  }
}

/** Replaces each byte by each other one. */
export function corruptEach(module: Uint8Array): void {
  for (let at = 0; at < module.length; at++) {
    for (let by = 1; by < 0x100; by++) corruptOne(module, at, by, by % 16 === 1);
  }
}

/** Replaces so many bytes, each in a copy of its own. */
export function corruptSome(module: Uint8Array, random: Random, count: number): void {
  for (let i = 0; i < count; i++) corruptOne(module, random.below(module.length), 1 + random.below(0xff));
}

function corruptOne(module: Uint8Array, at: number, by: number, run = true): void {
  const changed = module.slice();
  changed[at] = (changed[at] ?? 0) ^ by;
  hold(changed, () => `byte ${at} ^ ${by}`, run);
}

/**
 * Changes the modules by their structure, and what comes out of that that is accepted again.
 * @returns how many were accepted
 */
export function mutateMany(modules: readonly Uint8Array[], random: Random, count: number): number {
  const accepted = [...modules];
  for (let i = 0; i < count; i++) {
    const changed = mutate(random.of(accepted), random);
    if (!hold(changed, () => `mutation ${i}: ${Buffer.from(changed).toString('base64')}`)) continue;
    if (accepted.length < 500) accepted.push(changed);
    else accepted[modules.length + random.below(accepted.length - modules.length)] = changed;
  }
  return accepted.length - modules.length;
}

function hold(bytes: Uint8Array, what: () => string, run = true): boolean {
  try {
    return expectAgreement(bytes, run);
  } catch (error) {
    throw new Error(what(), { cause: error });
  }
}

const FEATURES = [
  '--enable-sign-ext',
  '--enable-nontrapping-float-to-int',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-bulk-memory-opt',
];

/** Valid modules of the accepted features that binaryen makes of random bytes; they import what is not WASI. */
export function randomModules(random: Random, count: number): Uint8Array[] {
  const binaryen = dirname(createRequire(import.meta.url).resolve('binaryen/package.json'));
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-fuzz-'));
  try {
    return Array.from({ length: count }, () => {
      const seed = Uint8Array.from({ length: 200 + random.below(6_000) }, () => random.below(0x100));
      const [from, to] = [join(folder, 'seed'), join(folder, 'random.wasm')];
      writeFileSync(from, seed);
      const args = [join(binaryen, 'bin', 'wasm-opt'), '-ttf', ...FEATURES, from, '-o', to];
      execFileSync(process.execPath, args, { stdio: 'pipe' });
      return new Uint8Array(readFileSync(to));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
