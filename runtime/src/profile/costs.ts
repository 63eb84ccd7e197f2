import { acceptedOpcodes, byAcceptedCode, rowOf } from '../wasm/opcodes.js';
import { LIMITS } from './limits.js';

/** Gas of everything that is not one instruction. */
export const PRICES = {
  /** A unit, whatever it does. */
  unit: 500_000,
  /** A byte of the module, which is checked, instrumented and compiled for one unit or for many. */
  moduleByte: 60,
  /** A byte of input. */
  inputByte: 40,
  /** A page of memory: one that a module starts with, or that a `memory.grow` adds. */
  page: 100_000,
  /** An entry of the function table, and an entry of an element segment. */
  tableEntry: 150,
  /** A global of the module. */
  global: 4_000,
  /** A `memory.grow` that adds pages, beside these pages. */
  growth: 10_000,
  /** A page that was there before a `memory.grow` adds others. */
  presentPage: 1_000,
  /** Bytes that `memory.copy` and `memory.fill` move for one gas. */
  bulkBytes: 2,
  /** Any call of the host. */
  hostCall: 6_000,
  /** A buffer of `fd_read` or `fd_write`, an argument of `args_get`. */
  hostVector: 900,
  /** A byte that the host reads or writes. */
  hostByte: 1,
  /** A byte of `random_get`. */
  randomByte: 600,
  /** A parameter or result of a call. */
  callValue: 2,
} as const;

/** Gas that goes up in steps with the size of something, because caches are made so. */
export type Steps = readonly { readonly upTo: number; readonly gas: number }[];

/**
 * Gas of a load or store, by the pages that the memory has at that moment: it may have to wait for the slowest of the
 * caches that so many pages need.
 */
export const ACCESS_PRICES: Steps = [
  { upTo: 4, gas: 11 },
  { upTo: 16, gas: 30 },
  { upTo: 64, gas: 60 },
  { upTo: 1_024, gas: 600 },
  { upTo: LIMITS.memoryPages, gas: 1_000 },
];

/** Gas of a call beside that of its instruction, by the functions of the module, whose code comes through caches too. */
export const CALL_PRICES: Steps = [
  { upTo: 512, gas: 0 },
  { upTo: 2_048, gas: 90 },
  { upTo: LIMITS.functions, gas: 270 },
];

/** The gas of a size. */
export function stepAt(steps: Steps, size: number): number {
  const step = steps.find(({ upTo }) => size <= upTo);
  if (step === undefined) throw new RangeError(`there is no price for a size of ${size}`);
  return step.gas;
}

/** Of the instructions that cost nothing, so many in one straight-line region cost 1. */
export const FREE_FOR_ONE_GAS = 8;

const INSTRUCTION = 1;

/** Instructions whose gas is not 1; `*` stands for anything. */
const EXCEPTIONS: readonly [gas: number, names: string][] = [
  [0, 'block loop else end nop drop local.get i32.const i64.const f32.const f64.const'],
  [0, 'i32.load* i64.load* f32.load* f64.load* i32.store* i64.store* f32.store* f64.store*'],
  [2, '*.eq *.ne *.lt *.lt_* *.gt *.gt_* *.le *.le_* *.ge *.ge_*'],
  [3, '*.min *.max'],
  [3, 'i32.mul i64.mul f32.add f32.sub f32.mul f64.add f64.sub f64.mul'],
  [3, 'f32.ceil f32.floor f32.trunc f32.nearest f64.ceil f64.floor f64.trunc f64.nearest'],
  [
    3,
    'f32.demote_f64 f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64',
  ],
  [3, 'br_if if'],
  [11, 'f32.convert_i64_u f64.convert_i64_u'],
  [8, 'f32.copysign f64.copysign i32.trunc* i64.trunc* f32.convert* f64.convert*'],
  [12, 'call'],
  [12, 'i32.div_s i32.div_u i32.rem_s i32.rem_u i64.div_s i64.div_u i64.rem_s i64.rem_u'],
  [16, 'f32.div f64.div'],
  [20, 'br_table'],
  [22, 'f32.sqrt f64.sqrt'],
  [36, 'call_indirect'],
  [80, 'memory.copy memory.fill memory.grow'],
];

function priceOf(name: string): number {
  for (const [gas, names] of EXCEPTIONS) {
    if (names.split(' ').some((pattern) => matches(pattern, name))) return gas;
  }
  return INSTRUCTION;
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace('.', '\\.'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Gas of each accepted instruction by its name, beside what its access to memory costs. */
export const INSTRUCTION_COSTS: ReadonlyMap<string, number> = new Map(
  acceptedOpcodes().map(({ name }) => [name, priceOf(name)]),
);

const costs = byAcceptedCode(({ name }) => priceOf(name));

/** Gas of an accepted instruction by its opcode. */
export function instructionCost(code: number): number {
  const cost = costs[rowOf(code)];
  if (cost === undefined) throw new RangeError(`opcode 0x${code.toString(16)} has no price`);
  return cost;
}
