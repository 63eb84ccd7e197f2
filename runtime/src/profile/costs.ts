import { acceptedOpcodes } from '../wasm/opcodes.js';

/** Gas of everything that is not one instruction. */
export const PRICES = {
  /** A unit, whatever it does. */
  unit: 100_000,
  /** A byte of input. */
  inputByte: 1,
  /** A page of memory that a module starts with. */
  initialPage: 5_000,
  /** A `memory.grow`, also by nothing. */
  growth: 10_000,
  /** A page that a `memory.grow` adds. */
  grownPage: 5_000,
  /** Bytes that `memory.copy` and `memory.fill` move for one gas. */
  bulkBytes: 4,
  /** Any call of the host. */
  hostCall: 1_000,
  /** A buffer of `fd_read` or `fd_write`. */
  hostVector: 50,
  /** A byte that the host reads or writes. */
  hostByte: 1,
  /** A byte of `random_get`. */
  randomByte: 100,
} as const;

const INSTRUCTION = 1;

/** Instructions whose gas is not 1; a name ending in `*` stands for every instruction that begins so. */
const EXCEPTIONS: readonly [gas: number, names: string][] = [
  [0, 'block loop end else nop'],
  [2, 'i32.load* i64.load* f32.load* f64.load* i32.store* i64.store* f32.store* f64.store*'],
  [2, 'f32.min f32.max f64.min f64.max f32.nearest f64.nearest global.get global.set'],
  [2, 'br br_if'],
  [4, 'br_table'],
  [3, 'i32.mul i64.mul'],
  [8, 'call'],
  [12, 'call_indirect f32.div f64.div f32.sqrt f64.sqrt'],
  [12, 'i32.div_s i32.div_u i32.rem_s i32.rem_u i64.div_s i64.div_u i64.rem_s i64.rem_u'],
  [4, 'i32.trunc* i64.trunc*'],
  [24, 'memory.copy memory.fill memory.grow'],
];

function priceOf(name: string): number {
  for (const [gas, names] of EXCEPTIONS) {
    for (const pattern of names.split(' ')) {
      if (pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)))) return gas;
    }
  }
  return INSTRUCTION;
}

/** Gas of each accepted instruction by its name: the published schedule. */
export const INSTRUCTION_COSTS: ReadonlyMap<string, number> = new Map(
  acceptedOpcodes().map(({ name }) => [name, priceOf(name)]),
);

const costsByCode = new Map(acceptedOpcodes().map(({ code, name }) => [code, priceOf(name)]));

/** Gas of an accepted instruction by its opcode. */
export function instructionCost(code: number): number {
  const cost = costsByCode.get(code);
  if (cost === undefined) throw new RangeError(`opcode 0x${code.toString(16)} has no price`);
  return cost;
}
