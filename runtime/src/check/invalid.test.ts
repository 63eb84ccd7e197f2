import { describe, expect, test } from 'vitest';
import { binary, binaryModule, I32, name, vector } from '../testing/binary.js';
import { wat } from '../testing/wat.js';
import { check } from './check.js';
import { formatFinding } from './findings.js';

const valid = (bytes: Uint8Array): boolean => WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>);
const first = (bytes: Uint8Array): string => check(bytes).map(formatFinding)[0] ?? 'accepted';

/** A module whose function 1, `parse`, has this body. */
function parse(body: string, definitions = ''): Uint8Array {
  return wat(`(module (memory (export "memory") 1) (func (export "_start"))
    (func $parse (param i32 f64) (result i32) ${body}) (global $constant i32 (i32.const 1))
    (type $pair (func (param i32) (result i32))) ${definitions})`);
}

describe('ill-typed code is refused as the specification says, and the engine agrees', () => {
  test.each([
    ['i32.add needs i32, found f64', 'local.get 0 local.get 1 i32.add'],
    ['i32.add needs i32, found nothing', 'i32.const 1 i32.add'],
    ['drop needs a value, found none', 'drop i32.const 1'],
    ['end needs i32, found nothing', ''],
    ['end needs i32, found f64', 'local.get 1'],
    ['end leaves 1 more value than the block gives', 'i32.const 1 i32.const 1'],
    ['end leaves 2 more values than the block gives', 'unreachable i32.const 1 i32.const 1 i32.const 1'],
    ['local.set needs i32, found f64', 'local.get 1 local.set 0 i32.const 1'],
    ['local.get names local 2, which does not exist', 'local.get 2'],
    ['global.set sets global 0, which is constant', 'i32.const 1 global.set 0 i32.const 1'],
    ['global.get names global 7, which does not exist', 'global.get 7'],
    ['call names function 9, which does not exist', 'call 9'],
    [
      'call_indirect names table 0, which does not exist',
      'i32.const 1 i32.const 1 call_indirect (type $pair)',
    ],
    ['br names label 3, which does not exist', 'br 3'],
    ['br_if needs i32, found f64', 'i32.const 1 local.get 1 br_if 0'],
    [
      'br_table has labels that take 1 and 0 values',
      'block i32.const 1 i32.const 1 br_table 0 1 end i32.const 1',
    ],
    [
      'end closes an if without else whose results are not its parameters',
      'local.get 0 if (result i32) i32.const 1 end',
    ],
    ['select chooses between i32 and f64', 'local.get 0 local.get 1 local.get 0 select'],
    ['i32.load is aligned beyond its size', 'local.get 0 i32.load align=8'],
    ['return needs i32, found f64', 'local.get 1 return'],
    ['block needs i32, found f64', 'local.get 1 block (type $pair) end'],
  ])('%s', (message, body) => {
    const bytes = parse(body);
    expect(first(bytes)).toMatch(new RegExp(`^function 1 \\(parse\\), byte 0x[0-9a-f]+: ${message}`));
    expect(valid(bytes)).toBe(false);
  });

  test('what cannot be reached takes any operands', () => {
    const bytes = parse(
      'unreachable i32.add select drop block (result f64) unreachable end f64.sqrt drop i32.const 1',
    );
    expect(check(bytes)).toEqual([]);
    expect(valid(bytes)).toBe(true);
  });

  test('an else needs an if', () => {
    const bytes = binary([0x02, 0x40, 0x05, 0x0b]);
    expect(first(bytes)).toContain('else belongs to no if');
    expect(valid(bytes)).toBe(false);
  });

  test('each function that is ill typed is told', () => {
    const bytes = parse('local.get 1', '(func $other i32.const 1) (func $right)');
    expect(check(bytes).map((finding) => finding.function?.name)).toEqual(['parse', 'other']);
  });
});

describe('sections that do not fit together', () => {
  const nothing = { code: [] };
  const memory = [...name('memory'), 2, 0];
  const start = [...name('_start'), 0, 0];
  const section = (id: number, ...entries: number[][]) =>
    binaryModule({ functions: [nothing], sections: [vector(id, entries)] });

  test.each([
    ['the export memory appears twice', section(7, memory, start, memory)],
    ['the export f is function 7, which does not exist', section(7, memory, start, [...name('f'), 0, 7])],
    ['a function has type 5, which does not exist', section(3, [5])],
    ['global 0 is i32 and starts with i64', section(6, [I32, 0, 0x42, 0, 0x0b])],
    ['the memory has a maximum of 1, less than the 2 it starts with', section(5, [1, 2, 1])],
    ['the memory may have more than 65536 pages', section(5, [1, 1, 0x81, 0x80, 0x04])],
    ['the offset of a data segment is not i32', section(11, [0, 0x42, 0, 0x0b, 0])],
    ['an element segment has no table', section(9, [0, 0x41, 0, 0x0b, 0])],
    ['a name is not UTF-8', section(7, memory, start, [1, 0xff, 0, 0])],
    ['section 1 is out of order', outOfOrder()],
    ['2 functions are declared and 1 have a body', section(3, [0], [0])],
    [
      '3 data segments are announced and 0 are there',
      binaryModule({ functions: [nothing], sections: [announced()] }),
    ],
  ])('%s', (message, bytes) => {
    expect(check(bytes).map(formatFinding).join('\n')).toContain(message);
    expect(valid(bytes)).toBe(false);
  });

  test('a byte order mark is part of a name', () => {
    const bytes = section(7, memory, [...name('\ufeff_start'), 0, 0]);
    expect(check(bytes).map(({ rule }) => rule)).toEqual(['entry-point']);
    expect(check(section(7, memory, start, [...name('\ufeff_start'), 0, 0]))).toEqual([]);
  });

  test('a name for a terminal shows its control characters and is not long', () => {
    const shown = first(section(2, [...name('\u001b[31m'), ...name('x'.repeat(500)), 0, 0]));
    expect(shown).toContain('the import \\u{1b}[31m.xxx');
    expect(shown.length).toBeLessThan(250);
  });

  function outOfOrder(): Uint8Array {
    const bytes = binaryModule({ functions: [nothing] });
    const at = 8 + 6 + 4;
    return Uint8Array.of(
      ...bytes.subarray(0, 8),
      ...[7, 1, 0],
      ...bytes.subarray(8, at),
      ...bytes.subarray(at),
    );
  }

  function announced(): { id: number; content: Uint8Array } {
    return { id: 12, content: Uint8Array.of(3) };
  }
});
