import { sha256 } from '@noble/hashes/sha2.js';
import { inspect } from '../check/check.js';
import type { Finding } from '../check/findings.js';
import { rewrite } from '../instrument/instrument.js';
import { PRICES } from '../profile/costs.js';
import type { ModuleLayout } from '../wasm/module-layout.js';
import { UnitAbandonedError } from './errors.js';

/** A task module made ready to run any number of units. */
export interface Task {
  /** SHA-256 of the module as published. */
  readonly id: Uint8Array;
  /** Why the profile refuses it; empty if it does not. */
  readonly findings: readonly Finding[];
  /** What is run; missing if the module is refused. */
  readonly program?: Program;
}

export interface Program {
  /** The instrumented module, compiled. */
  readonly module: WebAssembly.Module;
  /** Gas that a unit costs before its first instruction, but for its input. */
  readonly entryGas: number;
  /** Pages of its memory at the start. */
  readonly initialPages: number;
}

/** A task module as any engine may get it. */
export interface InstrumentedTask extends Pick<Task, 'id' | 'findings'> {
  /** What is run; missing if the module is refused. */
  readonly program?: Omit<Program, 'module'> & { readonly bytes: Uint8Array };
}

/** Checks and instruments a raw module. */
export function instrumentTask(bytes: Uint8Array): InstrumentedTask {
  const id = sha256(bytes);
  const { findings, module } = inspect(bytes);
  if (module === undefined) return { id, findings };
  return {
    id,
    findings,
    program: {
      bytes: rewrite(module),
      initialPages: module.memories[0]?.minimum ?? 0,
      entryGas: entryGas(module),
    },
  };
}

/**
 * Checks, instruments and compiles a raw module in the current realm. A refused module gives a task too: its units
 * end with INVALID_MODULE.
 * @throws UnitAbandonedError if the engine cannot compile an accepted module.
 */
export const prepareTask = async (bytes: Uint8Array): Promise<Task> => compileTask(instrumentTask(bytes));

/**
 * Compiles an instrumented task in the current realm.
 * @throws UnitAbandonedError if the engine cannot.
 */
export async function compileTask({ id, findings, program }: InstrumentedTask): Promise<Task> {
  if (program === undefined) return { id, findings };
  try {
    const compiled = await WebAssembly.compile(program.bytes as Uint8Array<ArrayBuffer>);
    const { initialPages, entryGas } = program;
    return { id, findings, program: { module: compiled, initialPages, entryGas } };
  } catch (error) {
    throw new UnitAbandonedError('engine', `the module does not compile: ${String(error)}`, { cause: error });
  }
}

function entryGas({ bytes, memories, tables, elements, globals }: ModuleLayout): number {
  const entries = [...tables.map(({ minimum }) => minimum), ...elements.map(({ length }) => length)];
  return (
    PRICES.unit +
    PRICES.moduleByte * bytes.length +
    PRICES.page * (memories[0]?.minimum ?? 0) +
    PRICES.tableEntry * entries.reduce((sum, count) => sum + count, 0) +
    PRICES.global * globals.length
  );
}
