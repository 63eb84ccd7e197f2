import { describe, expect, test } from 'vitest';
import { binary, binaryModule, I32, leb, name, vector } from '../testing/binary.js';
import { command, wat } from '../testing/wat.js';
import { check } from './check.js';
import { formatFinding } from './findings.js';
import type { Rule } from './rule.js';

const memory = '(memory (export "memory") 1)';
const start = '(func (export "_start"))';
const DROP = 0x1a;
const nothing = { code: [] };

/** A module whose `_start` holds these bytes, as function 0. */
const code = (...bytes: number[]): Uint8Array => binary(bytes);
/** A module with a section in the place of, or beside, its own. */
const section = (id: number, ...entries: number[][]): Uint8Array =>
  binaryModule({ functions: [nothing], sections: [vector(id, entries)] });
const raw = (id: number, ...content: number[]): Uint8Array =>
  binaryModule({ functions: [nothing], sections: [{ id, content: Uint8Array.from(content) }] });

/** One module for each thing that the profile leaves out, what its finding says, and the byte that it points to. */
const REFUSED: [rule: Rule, says: string, byte: number, module: Uint8Array][] = [
  ['simd', 'function 4 (start): v128.const is not', 0xfd, command('(drop (v128.const i32x4 0 0 0 0))')],
  ['simd', 'function 0: i8x16.shuffle is not', 0xfd, code(0xfd, 13, ...Array(16).fill(0), DROP)],
  ['simd', 'the value type v128 is not', 0x7b, section(1, [0x60, 1, 0x7b, 0])],
  [
    'simd',
    'function 0: a local is no number',
    0x01,
    binaryModule({ functions: [{ locals: [[1, 0x7b]], code: [] }] }),
  ],
  [
    'simd',
    'function 0: block with a result that is no number is not',
    0x02,
    code(0x02, 0x7b, 0x00, 0x0b, DROP),
  ],
  [
    'simd',
    'the constant expression v128.const is not',
    0xfd,
    section(6, [I32, 0, 0xfd, 12, ...Array(16).fill(0), 0x0b]),
  ],
  ['relaxed-simd', 'function 0: f32x4.relaxed_madd is not', 0xfd, code(0xfd, ...leb(0x105))],
  ['threads', 'function 0: atomic.fence is not', 0xfe, code(0xfe, 3, 0)],
  ['threads', 'function 0: atomic instruction 0xfe 30 is not', 0xfe, code(0xfe, 30, 2, 0)],
  ['threads', 'a shared memory is not', 0x03, section(5, [3, 1, 1])],
  ['tail-calls', 'function 0: return_call is not', 0x12, code(0x12, 0)],
  ['tail-calls', 'function 0: return_call_indirect is not', 0x13, code(0x13, 0, 0)],
  ['exceptions', 'function 0: try is not', 0x06, code(0x06, 0x40, 0x0b)],
  ['exceptions', 'function 0: throw is not', 0x08, code(0x08, 0)],
  ['exceptions', 'function 0: try_table is not', 0x1f, code(0x1f, 0x40, 1, 0x02, 0, 0x0b)],
  ['exceptions', 'function 0: throw_ref is not', 0x0a, code(0x0a)],
  ['exceptions', 'a tag section is not', 0x0d, tagged()],
  ['exceptions', 'an imported tag is not', 0x01, section(2, [...name('e'), ...name('t'), 4, 0, 0])],
  ['gc', 'function 0: instruction 0xfb 1 is not', 0xfb, code(0xfb, 1, 0)],
  ['gc', 'function 0: call_ref is not', 0x14, code(0x14, 0)],
  ['gc', 'a type that is not a function type is not', 0x5f, section(1, [0x5f, 0], [0x60, 0, 0])],
  ['reference-types', 'function 0: ref.null is not', 0xd0, code(0xd0, 0x70, DROP)],
  ['reference-types', 'function 0: table.size is not', 0xfc, code(0xfc, 16, 0, DROP)],
  [
    'reference-types',
    'function 0: select_t is not',
    0x1c,
    code(0x41, 0, 0x41, 0, 0x41, 0, 0x1c, 1, I32, DROP),
  ],
  ['reference-types', 'a table of another type than funcref is not', 0x6f, section(4, [0x6f, 0, 1])],
  ['reference-types', 'a reference value is not', 0x6f, section(1, [0x60, 1, 0x6f, 0])],
  ['memory64', 'a 64-bit memory is not', 0x04, section(5, [4, 1])],
  [
    'memory64',
    'function 0: i32.load with a 64-bit offset is not',
    0x28,
    code(0x41, 0, 0x28, 0, 0x80, 0x80, 0x80, 0x80, 0x10, DROP),
  ],
  ['custom-page-sizes', 'a memory with its own page size is not', 0x08, section(5, [8, 1, 0])],
  ['several-memories', 'a second memory is not', 0x00, section(5, [0, 1], [0, 1])],
  [
    'several-memories',
    'function 0: memory.size with the index of a memory is not',
    0x3f,
    code(0x3f, 1, DROP),
  ],
  [
    'several-memories',
    'function 0: i32.load with the index of a memory is not',
    0x28,
    code(0x41, 0, 0x28, 0x42, 1, 0, DROP),
  ],
  ['several-tables', 'a second table is not', 0x70, section(4, [0x70, 0, 1], [0x70, 0, 1])],
  ['component-model', 'a component is not', 0x0d, Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0)],
  ['start-section', 'a start section is not', 0x08, raw(8, 0)],
  ['bulk-memory-segments', 'a passive data segment is not', 0x01, section(11, [1, 0])],
  ['bulk-memory-segments', 'function 0: data.drop is not', 0xfc, code(0xfc, 9, 0)],
  ['bulk-memory-segments', 'function 0: table.copy is not', 0xfc, code(0xfc, 14, 0, 0)],
  ['reference-types', 'an element segment of kind 3 is not', 0x03, section(9, [3, 0, 0])],
  ['extended-constants', 'i32.const in a constant', 0x41, section(6, [I32, 0, 0x41, 0, 0x41, 0, 0x6a, 0x0b])],
  ['wide-arithmetic', 'function 0: i64.add128 is not', 0xfc, code(0xfc, 19)],
  ['unknown', 'function 0: instruction 0x27 is not', 0x27, code(0x27)],
  ['import', 'the import env.f is no call of WASI preview1', 0x03, imported('(import "env" "f" (func))')],
  [
    'import',
    'the import wasi_unstable.fd_close is no',
    0x0d,
    imported('(import "wasi_unstable" "fd_close" (func))'),
  ],
  [
    'import',
    'the import wasi_snapshot_preview1.fd_close has another type',
    0x16,
    imported('(import "wasi_snapshot_preview1" "fd_close" (func (param i64) (result i32)))'),
  ],
  ['import', 'the import env.g is no', 0x03, imported('(import "env" "g" (global i32))')],
  [
    'import',
    'the import wasi_snapshot_preview1.constructor is no',
    0x16,
    imported('(import "wasi_snapshot_preview1" "constructor" (func))'),
  ],
  ['memory', 'the module exports no memory', 0x00, wat(`(module (memory 1) ${start})`)],
  ['entry-point', 'the module exports no function `_start`', 0x00, wat(`(module ${memory})`)],
];

describe('refused', () => {
  test.each(REFUSED)('%s: %s', (rule, says, byte, module) => {
    const finding = check(module).find((each) => each.rule === rule);
    const [place, message = place] = says.split(/(?<=^function [^:]*): /);
    expect(finding && formatFinding(finding)).toContain(message);
    expect(finding && formatFinding(finding)).toMatch(/^(function .*, )?byte 0x[0-9a-f]+: /);
    if (message !== place) expect(finding?.function?.index).toBe(Number(/\d+/.exec(place ?? '')?.[0]));
    expect(module[finding?.offset ?? -1]).toBe(byte);
  });

  test('with advice where there is some', () => {
    const silent = REFUSED.filter(([rule, , , module]) =>
      check(module).some((each) => each.rule === rule && !each.hint),
    );
    expect(new Set(silent.map(([rule]) => rule))).toEqual(new Set(['unknown']));
  });
});

describe('what is easily taken for a module', () => {
  test.each([
    ['the text form', /wat2wasm/, new TextEncoder().encode('(module)')],
    ['a native program', /--target=wasm32-wasi/, Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0)],
    ['a library', /link a program/, new TextEncoder().encode('!<arch>\n')],
    ['a compressed module', /unpack/, Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ['half a module', /whole/, binary([]).slice(0, 30)],
    ['nothing', /whole/, new Uint8Array()],
    ['an object file', /link it/, imported('(import "env" "__linear_memory" (memory 0))')],
  ])('%s', (_, hint, bytes) => {
    expect(check(bytes).map((finding) => finding.hint)[0]).toMatch(hint);
  });
});

function imported(text: string): Uint8Array {
  return wat(`(module ${text} ${memory} ${start})`);
}

/** The tag section has the highest id and its place behind the memory. */
function tagged(): Uint8Array {
  const bytes = binary([]);
  const at = 0x17;
  return Uint8Array.of(...bytes.subarray(0, at), 13, 3, 1, 0, 0, ...bytes.subarray(at));
}
