import type { LoopClass } from '../gas-class.js';
import { FREE } from '../program.js';

const MIB_PAGES = 16;
const LARGE = 512 * MIB_PAGES;

/** Writes to all of the memory, so that the host has real pages behind it. */
const touch = (pages: number): string =>
  `(memory.fill (i32.const ${FREE}) (i32.const 0) (i32.const ${pages * 65_536 - FREE}))`;

/** The next address somewhere in the memory, from the last one and what was read there. */
const next = (pages: number, read: string, line = 64): string =>
  `(local.set $p (i32.and (i32.add (i32.mul (local.get $p) (i32.const 1664525)) (i32.add ${read} (i32.const 1013904223))) (i32.const ${pages * 65_536 - line})))`;

const over = (name: string, pages: number, turn: string): LoopClass => ({
  name,
  group: 'memory',
  program: {
    pages,
    turn,
    locals: '(local $p i32) (local $s i32) (local $l i64)',
    finish:
      '(i32.store (i32.const 1024) (i32.add (local.get $p) (local.get $s))) (i64.store (i32.const 1032) (local.get $l))',
    setup: `(local.set $p (i32.const 64)) ${touch(pages)}`,
  },
});

const size = (pages: number): string =>
  pages < MIB_PAGES ? `${pages * 64} KiB` : `${pages / MIB_PAGES} MiB`;
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];

const dependent = SIZES.map((pages) =>
  over(`dependent loads over ${size(pages)}`, pages, next(pages, '(i32.load (local.get $p))')),
);
const atLarge = (what: string, turn: string): LoopClass => over(`${what} over 512 MiB`, LARGE, turn);
const random = '(i32.const 0)';

export const memory: readonly LoopClass[] = [
  ...dependent,
  atLarge('dependent loads across two pages', next(LARGE, '(i32.load offset=4094 (local.get $p))', 8_192)),
  atLarge('dependent loads of a byte', next(LARGE, '(i32.load8_u (local.get $p))')),
  atLarge(
    'independent loads',
    `${next(LARGE, random)} (local.set $s (i32.xor (local.get $s) (i32.load (local.get $p))))`,
  ),
  atLarge('stores', `${next(LARGE, random)} (i32.store (local.get $p) (local.get $s))`),
  atLarge(
    'stores that wait for loads',
    `${next(LARGE, '(i32.load (local.get $p))')} (i32.store (local.get $p) (i32.const 0))`,
  ),
  atLarge(
    'loads that branches wait for',
    `${next(LARGE, random)} (if (i32.and (i32.add (i32.load (local.get $p)) (i32.shr_u (local.get $p) (i32.const 13))) (i32.const 1))
      (then (local.set $s (i32.add (local.get $s) (i32.const 1)))) (else (local.set $s (i32.mul (local.get $s) (local.get $p)))))`,
  ),
  atLarge(
    'small copies',
    `${next(LARGE, '(i32.load (i32.const 1024))')} (memory.copy (i32.const 1024) (local.get $p) (i32.const 8))`,
  ),
  over(
    'loads that wait for narrower stores',
    1,
    '(i32.store8 offset=1025 (i32.const 0) (i32.wrap_i64 (local.get $l))) (local.set $l (i64.load offset=1024 (i32.const 0)))',
  ),
  over(
    'loads that wait for stores',
    1,
    '(i64.store offset=1024 (i32.const 0) (local.get $l)) (local.set $l (i64.load offset=1024 (i32.const 0)))',
  ),
  over(
    'loads across lines',
    1,
    '(local.set $p (i32.and (i32.add (i32.load offset=60 (local.get $p)) (i32.const 2047)) (i32.const 32704)))',
  ),
  over('loads in order', 1, '(local.set $s (i32.add (local.get $s) (i32.load offset=1024 (i32.const 0))))'),
  over('stores in order', 1, '(i32.store offset=1024 (i32.const 0) (local.get $n))'),
  atLarge(
    'a walk through every line',
    '(local.set $p (i32.and (i32.add (local.get $p) (i32.const 64)) (i32.const 0x1fffffc0))) (local.set $s (i32.add (local.get $s) (i32.load (local.get $p))))',
  ),
  atLarge(
    'stores to every line',
    '(local.set $p (i32.and (i32.add (local.get $p) (i32.const 64)) (i32.const 0x1fffffc0))) (i32.store (local.get $p) (local.get $s))',
  ),
];
