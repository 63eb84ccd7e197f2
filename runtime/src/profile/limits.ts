const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes of a WebAssembly page. */
export const PAGE_BYTES = 64 * KIB;

/** The limits of the profile dmcn-wasm/1; a module or unit at a limit is accepted, one past it is not. */
export const LIMITS = {
  /** Raw bytes of a module. */
  moduleBytes: 2 * MIB,
  /** Functions that a module defines. */
  functions: 10_000,
  /** Bytes of one function body. */
  functionBytes: 128 * KIB,
  /** Parameters and locals of a function together. */
  locals: 512,
  /** Results of a function or block. */
  results: 32,
  /** Targets of a `br_table`, its default not counted. */
  branchTableTargets: 4_096,
  /** Blocks, loops and ifs inside each other. */
  nesting: 512,
  /** Blocks, loops and ifs of one function. */
  functionBlocks: 8_192,
  /** Blocks, loops and ifs of the whole module. */
  blocks: 49_152,
  /** `br`, `br_if` and `br_table` of one function. */
  functionBranches: 8_192,
  /** `br`, `br_if` and `br_table` of the whole module. */
  branches: 65_536,
  /** Operands of a function at their deepest. */
  operands: 1_024,
  /**
   * Locals and operands that are alive at each block, branch, `br_table` target and call of a module, added up: an
   * engine looks at, copies or spills each of them there, so that these and not the bytes decide how long it compiles.
   */
  liveValues: 6_291_456,
  types: 4_096,
  imports: 128,
  globals: 4_096,
  exports: 16_384,
  /** Entries of the function table. */
  tableEntries: 65_536,
  dataSegments: 8_192,
  elementSegments: 1_024,
  /** Pages of a memory: 512 MiB. */
  memoryPages: 8_192,
  /** Bytes of a unit's input. */
  inputBytes: 512 * KIB,
  /** Bytes that a unit may write to its output. */
  outputBytes: 512 * KIB,
  /** Bytes of a job's arguments as UTF-8, one more counted for the end of each. */
  argumentBytes: 4 * KIB,
  /** Buffers of one `fd_read` or `fd_write`; more are answered with EINVAL. */
  ioVectors: 1_024,
  /**
   * Words of the call stack, see `frameWords`: half of what a thread of 512 KiB bears, which is what JavaScriptCore has in a phone's
   * Web Worker; conformance/src/stack measures what each engine bears.
   */
  stackWords: 24_576,
} as const;

/** The most that instrumentation makes of a module: so many times its bytes, and so many more. */
export const MOST_GROWTH = { times: 16, plus: KIB } as const;
