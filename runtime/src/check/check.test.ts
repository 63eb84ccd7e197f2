import { describe, expect, test } from 'vitest';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import { command, wat } from '../testing/wat.js';
import { check } from './check.js';
import { formatFinding } from './findings.js';

const rules = (bytes: Uint8Array): string[] => check(bytes).map(({ rule }) => rule);

describe('accepted', () => {
  test.each(FIXTURES)('the C program %s', (name) => {
    expect(check(fixture(name))).toEqual([]);
  });

  test.each([
    ['sign extension', '(drop (i32.extend8_s (i32.const 1)))'],
    ['saturating truncation', '(drop (i32.trunc_sat_f64_s (f64.const 1)))'],
    ['multi-value', '(i32.const 1) (i32.const 2) (block (param i32 i32) (result i32 i32)) (drop) (drop)'],
    ['bulk memory', '(memory.fill (i32.const 0) (i32.const 0) (i32.const 0))'],
    ['a memory.copy', '(memory.copy (i32.const 0) (i32.const 0) (i32.const 0))'],
  ])('%s', (_, body) => {
    expect(check(command(body))).toEqual([]);
  });
});

describe('refused instructions', () => {
  test.each([
    ['simd', 'v128.const', '(drop (v128.const i32x4 0 0 0 0))'],
    ['simd', 'i32x4.add', '(drop (i32x4.add (v128.const i32x4 0 0 0 0) (v128.const i32x4 0 0 0 0)))'],
    ['relaxed-simd', 'i8x16.relaxed_swizzle', relaxed('i8x16.relaxed_swizzle')],
    ['threads', 'atomic.fence', '(atomic.fence)'],
    ['tail-calls', 'return_call', '(return_call $start)'],
    ['exceptions', 'try', '(try (do))'],
    ['reference-types', 'ref.null', '(drop (ref.null func))'],
    ['bulk-memory-segments', 'memory.init', '(memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))'],
  ])('%s: %s', (rule, opcode, body) => {
    const findings = check(command(body, '(data $d "x")'));
    const finding = findings.find((candidate) => candidate.opcode === opcode);
    expect(finding).toMatchObject({ rule, opcode, function: { index: 4, name: 'start' } });
    expect(finding?.hint).toBeTruthy();
    expect(finding?.offset).toBeGreaterThan(0);
  });

  test('each instruction is reported once a function, with its number', () => {
    const findings = check(command('(atomic.fence) (atomic.fence) (drop (ref.null func))'));
    expect(findings.map(({ opcode, count }) => [opcode, count])).toEqual([
      ['atomic.fence', 2],
      ['ref.null', undefined],
    ]);
    expect(findings.map(formatFinding)[0]).toMatch(
      /^function 4 \(start\), byte 0x[0-9a-f]+: atomic.fence is not accepted, 2 times; compile without -pthread/,
    );
  });
});

function relaxed(name: string): string {
  return `(drop (${name} (v128.const i32x4 0 0 0 0) (v128.const i32x4 0 0 0 0)))`;
}

describe('refused modules', () => {
  const start = '(func (export "_start"))';
  const memory = '(memory (export "memory") 1)';

  test.each([
    ['start-section', `(module ${memory} (func $f (export "_start")) (start $f))`],
    ['threads', `(module (memory (export "memory") 1 1 shared) ${start})`],
    ['memory64', `(module (memory (export "memory") i64 1) ${start})`],
    ['several-memories', `(module ${memory} (memory 1) ${start})`],
    ['several-tables', `(module ${memory} (table 1 funcref) (table 1 funcref) ${start})`],
    ['reference-types', `(module ${memory} (table 1 externref) ${start})`],
    ['reference-types', `(module ${memory} (func (export "_start") (local funcref)))`],
    ['simd', `(module ${memory} (func (export "_start") (local v128)))`],
    ['simd', `(module ${memory} (func (param v128)) ${start})`],
    ['exceptions', `(module ${memory} (tag) ${start})`],
    ['extended-constants', `(module ${memory} (data (i32.add (i32.const 1) (i32.const 2)) "x") ${start})`],
    ['bulk-memory-segments', `(module ${memory} (data "x") ${start})`],
    ['memory', `(module ${start})`],
    ['memory', `(module (memory 1) ${start})`],
    ['entry-point', `(module ${memory})`],
    ['entry-point', `(module ${memory} (func (export "_start") (param i32)))`],
    ['entry-point', `(module ${memory} (global (export "_start") i32 (i32.const 0)))`],
    ['import', `(module (import "env" "f" (func)) ${memory} ${start})`],
    ['import', `(module (import "wasi_snapshot_preview1" "thread_spawn" (func)) ${memory} ${start})`],
    ['import', `(module (import "wasi_snapshot_preview1" "fd_close" (func (param i64))) ${memory} ${start})`],
    ['import', `(module (import "env" "g" (global i32)) ${memory} ${start})`],
    ['memory', `(module (import "env" "memory" (memory 1)) (export "memory" (memory 0)) ${start})`],
    ['segment', `(module ${memory} (data (i32.const 65536) "x") ${start})`],
    ['segment', `(module ${memory} (data (i32.const -1) "x") ${start})`],
    ['segment', `(module ${memory} (table 1 funcref) (elem (i32.const 1) $f) (func $f (export "_start")))`],
  ])('%s: %s', (rule, text) => {
    expect(rules(wat(text))).toContain(rule);
  });

  test('a component', () => {
    expect(rules(Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0))).toContain('component-model');
  });

  test('bytes that are no module', () => {
    expect(rules(new TextEncoder().encode('#!/bin/sh'))).toEqual(['malformed']);
    expect(rules(new Uint8Array())).toEqual(['malformed']);
  });

  test('a module that is ill typed', () => {
    const bytes = wat(`(module ${memory} ${start} (func (result i32) (i32.const 1)))`);
    bytes[bytes.lastIndexOf(0x41)] = 0x42;
    expect(rules(bytes)).toEqual(['invalid']);
  });

  test('all findings at once', () => {
    const text = `(module (import "env" "f" (func)) (func $f (atomic.fence)) (func (drop (ref.null func))) (start $f))`;
    expect(new Set(rules(wat(text)))).toEqual(
      new Set(['start-section', 'import', 'memory', 'entry-point', 'threads', 'reference-types']),
    );
  });
});
