import type { Status, StatusCode } from '../profile/status.js';

/** One unit of a job: what a module is run with. */
export interface UnitRequest {
  /** What the module reads from stdin, at most `LIMITS.inputBytes`. */
  readonly input: Uint8Array;
  /** The unit's index over the whole job, a u32. */
  readonly unit: number;
  /** The job's arguments (argv[1] and up), at most `LIMITS.argumentBytes`. */
  readonly args: readonly string[];
  readonly gasLimit: bigint;
  /** Bytes of memory that the module may have; counts in whole pages, and never beyond `LIMITS.memoryPages`. */
  readonly memoryLimit: number;
}

/** How a unit ended: the same for the same module and request on every device. */
export interface UnitResult {
  readonly status: Status;
  readonly statusCode: StatusCode;
  /** The program's exit code as a u32; 0 unless the status is EXIT. */
  readonly exitCode: number;
  /** At most the limit, and exactly the limit for OUT_OF_GAS; 0 for INVALID_MODULE. */
  readonly gas: bigint;
  /** What the module wrote to stdout before the end. */
  readonly output: Uint8Array;
}
