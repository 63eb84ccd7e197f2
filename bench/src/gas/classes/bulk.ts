import type { LoopClass } from '../gas-class.js';
import { FREE } from '../program.js';

const PAGES = 1_024;
const lengths = [0, 8, 64, 1_024, 65_536, 1 << 20, 16 << 20];

const bulk = (name: string, turn: string, pages = PAGES): LoopClass => ({
  name,
  group: 'bulk',
  program: {
    turn,
    unrolled: 4,
    pages,
    setup: `(memory.fill (i32.const ${FREE}) (i32.const 1) (i32.const ${pages * 65_536 - FREE}))`,
  },
});

const growth = (name: string, turn: string, more: Partial<LoopClass['program']> = {}): LoopClass => ({
  name,
  group: 'growth',
  program: { turn, unrolled: 1, ...more },
});

export const bulks: readonly LoopClass[] = [
  ...lengths.flatMap((length) => [
    bulk(
      `memory.copy of ${length} bytes`,
      `(memory.copy (i32.const ${32 << 20}) (i32.const ${FREE}) (i32.const ${length}))`,
    ),
    bulk(
      `memory.fill of ${length} bytes`,
      `(memory.fill (i32.const ${FREE}) (i32.const 7) (i32.const ${length}))`,
    ),
  ]),
  bulk(
    'memory.copy onto itself',
    `(memory.copy (i32.const ${FREE + 1}) (i32.const ${FREE}) (i32.const ${16 << 20}))`,
  ),
  growth('memory.grow by nothing', '(drop (memory.grow (i32.const 0)))'),
  growth('memory.grow by nothing, large', '(drop (memory.grow (i32.const 0)))', {
    pages: 4_096,
    setup: `(memory.fill (i32.const ${FREE}) (i32.const 1) (i32.const ${255 << 20}))`,
  }),
  growth('memory.grow past the limit', '(drop (memory.grow (i32.const 9000)))'),
  growth('memory.grow by a page', '(drop (memory.grow (i32.const 1)))', { mostTurns: 400 }),
  growth('memory.grow by a page, large', '(drop (memory.grow (i32.const 1)))', {
    pages: 2_048,
    mostTurns: 400,
  }),
  growth(
    'pages grown and touched',
    `(local.set $p (i32.shl (memory.grow (i32.const 1)) (i32.const 16))) ${Array.from({ length: 16 }, (_, i) => `(i32.store offset=${i * 4_096} (local.get $p) (i32.const 1))`).join(' ')}`,
    { locals: '(local $p i32)', mostTurns: 400 },
  ),
  growth('memory.size', '(local.set $p (i32.add (local.get $p) (memory.size)))', {
    locals: '(local $p i32)',
    unrolled: 16,
  }),
];
