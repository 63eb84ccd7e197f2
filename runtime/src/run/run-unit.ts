import { PRICES } from '../profile/costs.js';
import { STATUS_CODES, type Status } from '../profile/status.js';
import { OutputBuffer } from '../wasi/output-buffer.js';
import { RandomStream } from '../wasi/random-stream.js';
import { UnitAbandonedError } from './errors.js';
import { type InstrumentedInstance, instantiate } from './instantiate.js';
import type { Task } from './prepare-task.js';
import type { UnitRequest, UnitResult } from './unit.js';
import { UnitEnd } from './unit-end.js';
import { memoryPages, validateRequest } from './validate-request.js';

/** argv[0] of every unit. */
const PROGRAM_NAME = 'task';

export interface RunOptions {
  /** Gets what the module writes to stderr, for local dry runs; the network throws it away. */
  readonly onStderr?: (bytes: Uint8Array) => void;
}

/**
 * Runs one unit to its end in the current realm, in a fresh instance, without leaving the current turn: whoever must
 * be able to stop it runs it in a process or worker of its own.
 *
 * INVALID_MODULE, with gas 0, is the outcome of a module that `check` refuses and of one whose memory starts out
 * larger than the job's limit.
 * @throws UnitRequestError if the request breaks a limit.
 * @throws UnitAbandonedError if the host cannot bring the unit to its end.
 */
export function runUnit(task: Task, request: UnitRequest, options: RunOptions = {}): UnitResult {
  validateRequest(request);
  const { program } = task;
  const pages = memoryPages(request.memoryLimit);
  if (program === undefined || program.initialPages > pages) return unitResult('INVALID_MODULE', 0n);
  const left = request.gasLimit - BigInt(program.entryGas + PRICES.inputByte * request.input.length);
  if (left < 0n) return unitResult('OUT_OF_GAS', request.gasLimit);

  const output = new OutputBuffer();
  const random = new RandomStream(task.id, request.input, request.unit);
  const argv = [PROGRAM_NAME, ...request.args];
  const instance = instantiate(program.module, { input: request.input, output, argv, random, ...options });
  instance.gas.value = left;
  instance.pages.value = Math.min(instance.pages.value, pages);
  const { status, exitCode } = runToEnd(instance);
  const gas = status === 'OUT_OF_GAS' ? request.gasLimit : request.gasLimit - instance.gas.value;
  return unitResult(status, gas, exitCode, output.bytes());
}

interface Outcome {
  readonly status: Status;
  readonly exitCode: number;
}

function runToEnd(instance: InstrumentedInstance): Outcome {
  try {
    instance.start();
    return { status: 'OK', exitCode: 0 };
  } catch (error) {
    if (error instanceof UnitEnd) return error;
    return { status: trapStatus(error, instance), exitCode: 0 };
  }
}

/** What a trap means by the counters. @throws UnitAbandonedError if it is none of the module's own. */
function trapStatus(error: unknown, { gas, stack, refused }: InstrumentedInstance): Status {
  if (refused.value !== 0)
    throw new UnitAbandonedError('memory', 'the engine refused memory', { cause: error });
  if (!(error instanceof WebAssembly.RuntimeError)) {
    const reason = error instanceof RangeError ? 'stack' : 'engine';
    throw new UnitAbandonedError(reason, `the engine gave up: ${String(error)}`, { cause: error });
  }
  if (gas.value < 0n) return 'OUT_OF_GAS';
  return stack.value < 0 ? 'STACK_OVERFLOW' : 'TRAP';
}

function unitResult(
  status: Status,
  gas: bigint,
  exitCode = 0,
  output: Uint8Array = new Uint8Array(),
): UnitResult {
  return { status, statusCode: STATUS_CODES[status], exitCode, gas, output };
}
