import { LIMITS } from '../profile/limits.js';
import {
  type BinaryFunction,
  binaryModule,
  F32,
  F64,
  I32,
  I64,
  join,
  leb,
  name,
  repeat,
  vector,
} from './binary.js';

const KIB = 1024;
/** Bytes of a body with a little left for what surrounds the repeated part. */
const BODY = LIMITS.functionBytes - 64;
/** As many bodies of that size as a module can have. */
const BODIES = Math.floor((LIMITS.moduleBytes - 8 * KIB) / LIMITS.functionBytes);

const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  brIf: 0x0d,
  brTable: 0x0e,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  get: 0x20,
  set: 0x21,
  load: 0x28,
  grow: 0x40,
  i32: 0x41,
  i64: 0x42,
  empty: 0x40,
} as const;

const times = <Item>(count: number, item: (i: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => item(i));
const some = (count: number, type: number): number[] => Array<number>(count).fill(type);

const fill = (bytes: number, ...instructions: number[]): Uint8Array =>
  repeat(Math.floor(bytes / instructions.length), ...instructions);

/** A module as large as one may be, of functions that only do one thing to the value of their first local. */
function onlyThis(type: number, ...instructions: number[]): Uint8Array {
  const code = join([OP.get, 0], fill(BODY, ...instructions), [OP.drop]);
  return binaryModule({ functions: copies(BODIES, { locals: [[1, type]], code }) });
}

/** As `onlyThis`, with instructions that leave nothing on the stack. */
function onlyThese(bytes: number, locals: number, ...instructions: number[]): BinaryFunction {
  return { locals: [[locals, I32]], code: fill(bytes, ...instructions) };
}

const command = (...functions: BinaryFunction[]): Uint8Array => binaryModule({ functions });
const copies = (count: number, of: BinaryFunction): BinaryFunction[] => Array<BinaryFunction>(count).fill(of);
const nothing: BinaryFunction = { code: [] };

/** Branch tables out of nested blocks, each with the same number of targets. */
function branchTables(tables: number, depth: number, targets: (i: number) => number): BinaryFunction {
  const table = [
    OP.block,
    OP.empty,
    OP.i32,
    0,
    OP.brTable,
    ...leb(depth),
    ...times(depth + 1, targets).flatMap(leb),
    OP.end,
  ];
  return {
    code: join(repeat(depth, OP.block, OP.empty), ...times(tables, () => table), repeat(depth, OP.end)),
  };
}

/** Modules that cost an engine or a check the most for their bytes, and whether the profile accepts them. */
export const BOMBS: Record<string, { accepted: boolean; build: () => Uint8Array }> = {
  'blocks as deep as they may be': accepted(() =>
    command(
      ...copies(Math.floor(LIMITS.blocks / LIMITS.nesting), {
        code: join(repeat(LIMITS.nesting, OP.block, OP.empty), repeat(LIMITS.nesting, OP.end)),
      }),
    ),
  ),
  'blocks one deeper': refused(() =>
    command({
      code: join(repeat(LIMITS.nesting + 1, OP.block, OP.empty), repeat(LIMITS.nesting + 1, OP.end)),
    }),
  ),
  'blocks a hundred thousand deep': refused(() =>
    command({ code: join(repeat(60_000, OP.loop, OP.empty), repeat(60_000, OP.end)) }),
  ),
  '50,000 blocks': refused(() => command(...copies(7, { code: repeat(7_143, OP.block, OP.empty, OP.end) }))),
  'ifs as many as may be': accepted(() =>
    command(...copies(6, onlyThese(8_192 * 5, 1, OP.get, 0, OP.if, OP.empty, OP.end))),
  ),
  'loops around 511 locals': accepted(() =>
    command(...copies(2, onlyThese(6_100 * 7, 511, OP.loop, OP.empty, OP.get, 0, OP.set, 1, OP.end))),
  ),
  'loops with 32 parameters': accepted(() =>
    binaryModule({
      types: [[some(32, I32), some(32, I32)]],
      functions: copies(6, {
        locals: [[1, I32]],
        code: join(repeat(32, OP.get, 0), repeat(8_000, OP.loop, 1, OP.end), repeat(32, OP.drop)),
      }),
    }),
  ),
  'branch tables with 4,096 targets': accepted(() =>
    command(
      ...copies(BODIES, {
        code: join(
          ...times(30, () => [
            OP.block,
            OP.empty,
            OP.i32,
            0,
            OP.brTable,
            ...leb(4_096),
            ...some(4_097, 0),
            OP.end,
          ]),
        ),
      }),
    ),
  ),
  'a branch table with 100,000 targets': refused(() =>
    command({ code: [OP.i32, 0, OP.brTable, ...leb(100_000), ...some(100_001, 0)] }),
  ),
  'branch tables to 500 blocks': accepted(() =>
    command(
      ...copies(
        12,
        branchTables(120, 500, (i) => i),
      ),
    ),
  ),
  'branches as many as may be': accepted(() =>
    command(...copies(8, onlyThese(8_192 * 4, 1, OP.get, 0, OP.brIf, 0))),
  ),
  'branches across 700 operands': accepted(() =>
    command({
      locals: [[1, I32]],
      code: join([OP.block, OP.empty], repeat(700, OP.get, 0), repeat(8_190, OP.get, 0, OP.brIf, 0), [
        OP.unreachable,
        OP.end,
      ]),
    }),
  ),
  'branches across locals that are constants': accepted(() => command(constantsAcrossBranches(500))),
  'half a million branches': refused(() =>
    command(...copies(BODIES, onlyThese(BODY, 1, OP.get, 0, OP.brIf, 0))),
  ),
  'a giant function': refused(() => command(onlyThese(1_900 * KIB, 1, OP.get, 0, OP.set, 0))),
  'a million calls': accepted(() => command(...copies(BODIES, { code: fill(BODY, OP.call, 0) }))),
  'calls across 500 locals': refused(() =>
    command(...copies(BODIES, onlyThese(BODY, 500, OP.get, 0, OP.set, 1, OP.call, 0))),
  ),
  'calls with 512 parameters and 32 results': refused(() =>
    binaryModule({
      types: [
        [some(512, I64), []],
        [[], some(32, I64)],
      ],
      functions: [
        nothing,
        { type: 1, code: [] },
        { type: 2, code: [OP.unreachable] },
        ...copies(BODIES, { code: fill(BODY, ...times(16, () => [OP.call, 2]).flat(), OP.call, 1) }),
      ],
    }),
  ),
  'calls that are never reached': refused(() =>
    binaryModule({
      types: [[some(512, I64), some(32, I64)]],
      functions: [
        nothing,
        { type: 1, code: [OP.unreachable] },
        ...copies(BODIES, { code: join([OP.unreachable], fill(BODY, OP.call, 1), [OP.unreachable]) }),
      ],
    }),
  ),
  'indirect calls': accepted(() =>
    binaryModule({
      functions: copies(BODIES, onlyThese(BODY, 1, OP.get, 0, OP.callIndirect, 0, 0)),
      sections: [vector(4, [[0x70, 0, 1]])],
    }),
  ),
  'memory.grow': accepted(() => onlyThis(I32, OP.grow, 0)),
  'loads of loads': accepted(() => onlyThis(I32, OP.load, 0, 0)),
  'square roots and negations': accepted(() => onlyThis(F64, 0x9f, 0x9a)),
  'square roots and negations of f32': accepted(() => onlyThis(F32, 0x91, 0x8c)),
  'conversions there and back': accepted(() => onlyThis(F32, 0xaf, 0xb5)),
  'locals that may hold loose NaNs, found out one a walk': accepted(() =>
    command(...copies(BODIES, looseLocals(500))),
  ),
  'padded constants': accepted(() =>
    command(...copies(BODIES, { code: fill(BODY, OP.i64, ...some(9, 0x80), 0, OP.drop) })),
  ),
  'functions that do nothing': accepted(() => command(...copies(LIMITS.functions, nothing))),
  'functions with 512 locals': accepted(() =>
    command(...copies(LIMITS.functions, { locals: [[512, I64]] as const, code: [] })),
  ),
  'locals in 60,000 empty runs': accepted(() =>
    command(...copies(BODIES, { locals: times(60_000, () => [0, I32] as const), code: [] })),
  ),
  'four billion locals': refused(() => command({ locals: [[0xffffffff, I64]], code: [] })),
  'functions with a result type each': accepted(resultTypes),
  '690,000 types': refused(() =>
    binaryModule({
      functions: [nothing],
      sections: [
        vector(
          1,
          times(690_000, () => [0x60, 0, 0]),
        ),
      ],
    }),
  ),
  'counts that no bytes follow': refused(() =>
    binaryModule({ functions: [nothing], sections: [{ id: 1, content: Uint8Array.from(leb(0xffffffff)) }] }),
  ),
  '400,000 functions': refused(() => binaryModule({ functions: copies(400_000, nothing) })),
  '250,000 exports': refused(() =>
    binaryModule({
      functions: [nothing],
      sections: [
        vector(
          7,
          times(250_000, (i) => [...name(i.toString(36)), 0, 0]),
        ),
      ],
    }),
  ),
  'data segments': accepted(() =>
    binaryModule({
      functions: [nothing],
      sections: [
        vector(
          11,
          times(LIMITS.dataSegments, () => [0, OP.i32, 0, OP.end, ...leb(200), ...some(200, 1)]),
        ),
      ],
    }),
  ),
  'element segments': accepted(() =>
    binaryModule({
      functions: [nothing],
      sections: [
        vector(4, [[0x70, 0, ...leb(65_536)]]),
        vector(
          9,
          times(30, () => join([0, OP.i32, 0, OP.end], leb(65_536), some(65_536, 0))),
        ),
      ],
    }),
  ),
  'an export with a name of 2 MB': accepted(() =>
    binaryModule({
      functions: [nothing],
      sections: [
        vector(7, [
          [...name('memory'), 2, 0],
          [...name('_start'), 0, 0],
          join(name('x'.repeat(2_000_000)), [0, 0]),
        ]),
      ],
    }),
  ),
  'SIMD everywhere': refused(() =>
    command(...copies(LIMITS.functions, { code: [0xfd, 0x0c, ...some(16, 0), OP.drop] })),
  ),
};

function accepted(build: () => Uint8Array): { accepted: boolean; build: () => Uint8Array } {
  return { accepted: true, build };
}

function refused(build: () => Uint8Array): { accepted: boolean; build: () => Uint8Array } {
  return { accepted: false, build };
}

/** The first branch leaves the locals in registers and on the stack, the others would have to put constants there. */
function constantsAcrossBranches(locals: number): BinaryFunction {
  const setAll = (value: (i: number) => number[]): Uint8Array =>
    join(...times(locals, (i) => [...value(i), OP.set, ...leb(i)]));
  const branch = [OP.i32, 0, OP.brIf, 0];
  return {
    locals: [[locals, I32]],
    code: join(
      [OP.block, OP.empty],
      setAll((i) => [OP.get, ...leb(i), OP.i32, 1, 0x6a]),
      branch,
      setAll(() => [OP.i32, 5]),
      ...times(8_000, () => branch),
      [OP.end],
    ),
  };
}

/** Only the last local gets a load, each other one the local behind it. */
function looseLocals(locals: number): BinaryFunction {
  const passed = times(locals - 1, (i) => [OP.get, ...leb(i + 1), OP.set, ...leb(i)]);
  return {
    locals: [[locals, F64]],
    code: join(
      ...passed,
      [OP.i32, 0, 0x2b, 0, 0, OP.set, ...leb(locals - 1)],
      fill(BODY - 4 * KIB, OP.get, 0, 0x9f, OP.set, 0),
    ),
  };
}

function resultTypes(): Uint8Array {
  const types = times(LIMITS.types - 1, (i) => {
    const digits = (i + 4 ** 6).toString(4).slice(1).padStart(LIMITS.results, '0');
    return [[I32], Array.from(digits, (digit) => [I32, I64, F32, F64][Number(digit)] ?? I32)] as const;
  });
  const functions = times(LIMITS.functions - 1, (i) => ({
    type: 1 + (i % types.length),
    code: [OP.call, 0, OP.unreachable],
  }));
  return binaryModule({ types, functions: [nothing, ...functions] });
}
