import type { Case } from '../case.js';

/** A module of the corpus with all that it is run on. */
export interface Program {
  /** `edge/traps`, `corpus/sqlite`, `modules/bulb`. */
  readonly name: string;
  /** The raw module. */
  readonly module: Uint8Array;
  readonly runs: readonly Run[];
}

/** One way to run a program; what is not said is `DEFAULTS`. */
export interface Run extends Partial<Omit<Case, 'name' | 'module'>> {
  readonly name: string;
}

const MIB = 1024 * 1024;

/** A unit without input, as a devnet's job has it. */
export const DEFAULTS = {
  input: new Uint8Array(),
  args: [],
  unit: 0,
  gasLimit: 2_000_000_000n,
  memoryLimit: 64 * MIB,
} as const satisfies Omit<Case, 'name' | 'module'>;

/** A case for each run of a program, named `program/run`. */
export function casesOf({ name, module, runs }: Program): Case[] {
  return runs.map((run) => ({ ...DEFAULTS, ...run, name: `${name}/${run.name}`, module }));
}
