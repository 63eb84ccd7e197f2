import { createHash } from 'node:crypto';
import {
  type InstrumentedTask,
  instrumentTask,
  memoryPages,
  STATUS_CODES,
  type Status,
  UnitRequestError,
  validateRequest,
} from '@dmcn/runtime';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';

/** A unit for the program in Go: its instrumented module, and the fields of `job` in `host/runner.go` but `code`. */
export interface Job {
  readonly code: Uint8Array;
  readonly gasLimit: bigint;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PROGRAM_NAME = 'task';
const NO_OUTPUT = createHash('sha256').digest('hex');

/** Many cases share a module, and every engine gets the same ones. */
const tasks = new WeakMap<Uint8Array, InstrumentedTask>();

function taskOf(module: Uint8Array): InstrumentedTask {
  const task = tasks.get(module) ?? instrumentTask(module);
  tasks.set(module, task);
  return task;
}

/** The job that a case is, or its outcome if no engine has to be asked: as `runUnit` decides it. */
export function jobOf(asked: Case): Job | Outcome {
  try {
    validateRequest(asked);
  } catch (error) {
    if (error instanceof UnitRequestError) return { kind: 'none', reason: error.message };
    throw error;
  }
  const { id, program } = taskOf(asked.module);
  const pages = memoryPages(asked.memoryLimit);
  if (program === undefined || program.initialPages > pages) {
    return { kind: 'result', status: 'INVALID_MODULE', exitCode: 0, gas: 0n, output: NO_OUTPUT };
  }
  const fields = {
    moduleId: base64(id),
    input: base64(asked.input),
    argv: [PROGRAM_NAME, ...asked.args],
    unit: asked.unit,
    gasLimit: String(asked.gasLimit),
    pages,
    entryGas: program.entryGas,
  };
  return { code: program.bytes, gasLimit: asked.gasLimit, fields };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** Reads `answer` of `host/runner.go`. @throws Error if the line is none. */
export function outcomeOf(line: string): Outcome {
  const answer: unknown = JSON.parse(line);
  if (typeof answer !== 'object' || answer === null) throw new Error(`no answer: ${line}`);
  const { status, exitCode, gas, output, reason } = answer as Record<string, unknown>;
  if (typeof reason === 'string') return { kind: 'none', reason };
  if (!isStatus(status) || typeof exitCode !== 'number' || typeof output !== 'string') {
    throw new Error(`no answer: ${line}`);
  }
  return { kind: 'result', status, exitCode, gas: BigInt(String(gas)), output };
}

function isStatus(name: unknown): name is Status {
  return typeof name === 'string' && Object.hasOwn(STATUS_CODES, name);
}
