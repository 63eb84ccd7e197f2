import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrument } from '../instrument/instrument.js';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import { command } from '../testing/wat.js';
import { check } from './check.js';

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Whatever is accepted must be accepted by the engine too, before and after the rewriting. */
function mustHold(bytes: Uint8Array): void {
  if (check(bytes).length > 0) return;
  expect(WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)).toBe(true);
  expect(WebAssembly.validate(instrument(bytes) as Uint8Array<ArrayBuffer>)).toBe(true);
}

describe('check never throws', () => {
  test('on random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), mustHold), { numRuns: 2_000 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        mustHold(Uint8Array.of(...preamble, ...bytes)),
      ),
      { numRuns: 2_000 },
    );
  });

  test('on a small module with any byte replaced', () => {
    const small = command(
      '(local f64) (block (br_table 0 0 0 (i32.const 1))) (call_indirect (i32.const 0)) (local.set 0 (f64.sqrt (local.get 0)))',
      '(table 1 funcref) (elem (i32.const 0) $start) (data (i32.const 8) "abc") (global (mut i32) (i32.const 7))',
    );
    for (let at = 0; at < small.length; at++) {
      for (const value of [0x00, 0x01, 0x40, 0x7f, 0x80, 0xfc, 0xfd, 0xff, (small[at] ?? 0) ^ 0x01]) {
        const changed = small.slice();
        changed[at] = value;
        mustHold(changed);
      }
    }
  });

  test.each(FIXTURES)('on a truncated or changed %s', (name) => {
    const bytes = fixture(name);
    const lengths = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(lengths, (length) => mustHold(bytes.slice(0, length))),
      { numRuns: 50 },
    );
    const flips = fc.array(fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7) }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const changed = bytes.slice();
        for (const { at, bit } of changes) changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        mustHold(changed);
      }),
      { numRuns: 150 },
    );
  });
});
