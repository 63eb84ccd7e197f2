import { LIMITS } from '../profile/limits.js';
import { binaryModule, F64, I32, join, leb, repeat, vector } from './binary.js';

/** Bodies that grow with `size` (1 is half of what the profile accepts, 2 all of it), by what they are full of. */
export const SHAPES: Record<string, (size: 1 | 2) => Uint8Array> = {
  arithmetic: (size) => body(join([0x20, 0], repeat(size * 21_000, 0x20, 0, 0x6a), [0x1a])),
  'nested blocks': (size) =>
    body(join(repeat(size * (LIMITS.nesting / 2), 2, 0x40), repeat(size * (LIMITS.nesting / 2), 0x0b))),
  blocks: (size) => body(repeat(size * (LIMITS.functionBlocks / 2), 2, 0x40, 0x0b)),
  'ifs in ifs': (size) =>
    body(
      join(
        repeat(size * (LIMITS.nesting / 2), 0x20, 0, 4, 0x40),
        repeat(size * (LIMITS.nesting / 2), 5, 0, 0x0b),
      ),
    ),
  branches: (size) => body(repeat(size * (LIMITS.functionBranches / 2), 0x20, 0, 0x0d, 0)),
  'branch tables': (size) =>
    body(
      join(
        ...Array<Uint8Array>(size * 16).fill(
          join([0x02, 0x40, 0x20, 0, 0x0e], leb(4_000), repeat(4_001, 0), [0x0b]),
        ),
      ),
    ),
  operands: (size) =>
    body(join(repeat(size * (LIMITS.operands / 2), 0x20, 0), repeat(size * (LIMITS.operands / 2), 0x1a))),
  calls: (size) => body(repeat(size * 32_000, 0x10, 0)),
  canonical: (size) => body(join([0x20, 1], repeat(size * 32_000, 0x9f, 0x9a), [0x1a])),
  'loose locals': (size) =>
    body(join(repeat(size * 8_000, 0x20, 2, 0x21, 1, 0x20, 1, 0x21, 2), [0x41, 0, 0x2b, 0, 0, 0x21, 2])),
  unreachable: (size) => body(join([0], repeat(size * 64_000, 0x6a), [0x1a])),
};

function body(code: Uint8Array): Uint8Array {
  return binaryModule({
    functions: [
      {
        locals: [
          [1, I32],
          [2, F64],
        ],
        code,
      },
    ],
  });
}

/** Modules that grow the most for their bytes when they are instrumented. */
export const WORST_GROWTH: Record<string, () => Uint8Array> = {
  // Operands for 32 branches come from one call, and every index of what is injected takes two bytes.
  'branches without operands of their own': () =>
    binaryModule({
      types: [[[], Array<number>(32).fill(I32)]],
      functions: [
        { locals: [[130, I32]], code: repeat(256, 0x10, 1, ...repeat(32, 0x0d, 0)) },
        { type: 1, code: [0] },
      ],
      sections: [manyGlobals],
    }),
  'arms that end at once': () =>
    binaryModule({
      functions: [{ locals: [[130, I32]], code: repeat(8_000, 0x20, 0, 4, 0x40, 0, 5, 0, 0x0b) }],
      sections: [manyGlobals],
    }),
  'negations of square roots': () =>
    binaryModule({
      functions: [{ locals: [[130, F64]], code: join([0x20, 0], repeat(65_000, 0x9f, 0x9a), [0x1a]) }],
      sections: [manyGlobals],
    }),
  'functions with one call': () =>
    binaryModule({ functions: Array(10_000).fill({ code: [0x10, 0] }), sections: [manyGlobals] }),
  'functions that return a square root': () =>
    binaryModule({
      types: [[[F64], [F64]]],
      functions: [{ code: [] }, ...Array(9_999).fill({ type: 1, code: [0x20, 0, 0x9f] })],
      sections: [manyGlobals],
    }),
};

const manyGlobals = vector(6, Array(130).fill([I32, 1, 0x41, 0, 0x0b]));
